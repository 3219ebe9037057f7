import type {OtherPort, ProgressProblem} from '../../../engine/api/lesson.ts';
import {byType} from '../../../text/by-type.ts';
import {withParticle} from '../particle.ts';
import {type Both, both, en} from '../both.ts';

/** The numbers of steps, from 1, of those from 0. */
function numbered(steps: readonly number[]): Both<string> {
	const numbers = steps.map(step => step + 1).join(', ');
	return en(`${steps.length === 1 ? 'step' : 'steps'} ${numbers}`).ko(numbers);
}

/** The client of a pane, by its number; the server without one. */
function ownerOf(client: number | undefined): Both<string> {
	return client === undefined ? en('the server').ko('서버') : en(`client ${client}`).ko(`클라이언트 ${client}`);
}

/** The list of lessons, and the panel of the open one. */
export const lessonsWords = {
	title: en('LESSONS').ko('학습'),
	promise: en('the chapter step by step, on real sockets').ko('교재의 소켓 단원을 실제 소켓으로 한 단계씩 직접 해 봅니다'),
	replaces: en((protocols: readonly string[]) =>
		`Enter opens new ${protocols.join(' and ')} sockets; the open ones close, and their rows go.`)
		.ko(protocols => `Enter: 열린 ${protocols.join(', ')} 소켓을 닫고 새로 엽니다. 기록도 사라집니다.`),
	/** What a lesson that is opened ends besides; a pane is told by its client's number, the server's by none. */
	ends: en((what: readonly string[]) => `It also ends: ${what.join(', ')}.`)
		.ko(what => `함께 끝나는 것: ${what.join(', ')}.`),
	endings: {
		sending: en((client: number | undefined) => `what ${ownerOf(client).en} is sending`)
			.ko(client => `${ownerOf(client).ko}의 전송`),
		writing: en((client: number | undefined) => `writing to a file in ${ownerOf(client).en}`)
			.ko(client => `${ownerOf(client).ko}의 파일 쓰기`),
		held: en((count: number) => count === 1 ? '1 held message' : `${count} held messages`)
			.ko(count => `보류한 메시지 ${count}개`),
		link: en((protocol: string) => `the conditions of the ${protocol} link`)
			.ko(protocol => `${protocol}의 네트워크 시뮬레이션 조건`),
		relay: en('the relay').ko('릴레이'),
		experiment: en('the experiment').ko('실험'),
	},
	left: {
		told: en((what: readonly string[]) =>
			`the lesson's sockets stay as they are; before it there was something else: ${what.join(', ')}`)
			.ko(what => `학습의 소켓은 그대로 둡니다. 학습 전에는 달랐던 것: ${what.join(', ')}`),
		relay: en((protocol: string) => `a ${protocol} relay`).ko(protocol => `${protocol} 릴레이`),
		rule: en((protocol: string, now: string, before: string) => `the ${protocol} rule ${before}, now ${now}`)
			.ko((protocol, now, before) => `${protocol} 규칙 ${before}(지금은 ${now})`),
		link: en((protocol: string) => `other conditions of the ${protocol} link`)
			.ko(protocol => `${protocol}의 네트워크 시뮬레이션 조건`),
	},
	chapter: en('The chapter').ko('소켓 단원'),
	own: en('From a file').ko('파일에서 연 학습'),
	loading: en('reading the lessons …').ko('학습 목록을 읽는 중 …'),
	none: en('no lessons here').ko('학습이 없습니다'),
	progress: en((done: number, count: number) => `${done} of ${count} steps`)
		.ko((done, count) => `${count}단계 중 ${done}단계 완료`),
	open: en('open').ko('열려 있음'),
	choose: en('choose').ko('선택'),
	start: en('start or continue').ko('시작 또는 이어서'),
	anew: en('from its first step').ko('처음부터'),
	back: en('back').ko('뒤로'),
	/** A file of a lesson in which nothing is wrong. */
	checked: en((id: string, steps: number, languages: readonly string[]) =>
		`${id}, ${steps} ${steps === 1 ? 'step' : 'steps'}, ${languages.join(' and ')}`)
		.ko((id, steps, languages) => `${id}, ${steps}단계, ${languages.join(', ')}`),
	lesson: en('LESSON').ko('학습'),
	step: en((step: number, count: number) => `step ${step} of ${count}`).ko((step, count) => `${count}단계 중 ${step}단계`),
	checkbox: en((seen: number, count: number) => `${seen} of ${count}`).ko((seen, count) => `${count}개 중 ${seen}개`),
	notYet: en('not done yet').ko('아직 하지 않음'),
	done: en('done').ko('완료'),
	hint: en((number: number) => `Hint ${number}:`).ko(number => `힌트 ${number}:`),
	explanation: en('Explanation:').ko('설명:'),
	already: en('This is done already. Read the step, and look at the result.').ko('앞에서 이미 한 일입니다. 단계를 읽고 화면을 살펴보십시오.'),
	otherPort: en(({protocol, wanted, port}: OtherPort) =>
		`${protocol.toUpperCase()} port ${wanted} is used by another program: this server has port ${port}.`)
		.ko(({protocol, wanted, port}) =>
			`${protocol.toUpperCase()} 포트 ${withParticle(String(wanted), ['은', '는'])} 다른 프로그램이 사용 중: 서버 포트는 ${port}`),
	task: en('The step:').ko('이 단계:'),
	question: en('First a prediction:').ko('먼저 예측:'),
	yourGuess: en('Your prediction:').ko('내 예측:'),
	right: en('Your prediction was right.').ko('예측이 맞았습니다.'),
	came: en('The result:').ko('실제 결과:'),
	finished: en((title: string, count: number) => `You have done all ${count} steps of "${title}".`)
		.ko((title, count) => `"${title}" 학습의 ${count}단계를 모두 마쳤습니다.`),
	ended: en((title: string, done: number, count: number) => `The end of "${title}": ${done} of ${count} steps done.`)
		.ko((title, done, count) => `"${title}" 학습의 끝입니다. ${count}단계 중 ${done}단계를 마쳤습니다.`),
	undone: en((steps: readonly number[]) =>
		`Not done: ${numbered(steps).en}. Opened again from the list, the lesson goes on there.`)
		.ko(steps => `마치지 않은 단계: ${numbered(steps).ko}. 목록에서 다시 열면 그 단계부터 이어집니다.`),
	skippedNow: en((steps: readonly number[]) => `Skipped this time, and done before: ${numbered(steps).en}.`)
		.ko(steps => `전에 마쳤고 이번에는 건너뛴 단계: ${numbered(steps).ko}.`),
	report: en(' saves the report to hand in: your steps, your predictions, what was seen; and the log beside it.')
		.ko('로 제출용 보고서(각 단계, 예측, 관찰한 내용)와 로그를 저장합니다.'),
	keys: {
		next: en('next step').ko('다음 단계'),
		end: en('to the end').ko('끝으로'),
		nextScene: en('next, new sockets').ko('다음(새 소켓)'),
		explain: en('explanation').ko('설명'),
		more: en('read on').ko('계속 읽기'),
		list: en('the list').ko('목록'),
		answer: en('predict').ko('예측하기'),
		number: en('a number').ko('숫자 입력'),
		text: en('your prediction').ko('예측 입력'),
		panes: en('do it without').ko('예측 없이 하기'),
		toLine: en('message').ko('메시지 입력'),
		toQuestion: en('predict').ko('예측으로'),
		hint: en((given: number, count: number) => `hint ${given + 1} of ${count}`)
			.ko((given, count) => `힌트 ${given + 1}/${count}`),
		menu: en('lesson').ko('학습'),
		chooseAnswer: en('choose').ko('선택'),
		scroll: en('scroll').ko('스크롤'),
		back: en('step before').ko('이전 단계'),
		backScene: en('step before, new sockets').ko('이전 단계(새 소켓)'),
		again: en('step again').ko('단계 다시'),
		reset: en('reset the scene').ko('소켓 초기화'),
		skip: en('skip step').ko('건너뛰기'),
		skipScene: en('skip step, new sockets').ko('건너뛰기(새 소켓)'),
		leave: en('leave').ko('나가기'),
		report: en('save report').ko('보고서 저장'),
		nextHint: en('hint').ko('힌트'),
		close: en('close').ko('닫기'),
	},
	noMoreHints: en('there are no more hints for this step').ko('이 단계의 힌트를 모두 보았습니다'),
	noHints: en('this step has no hints').ko('이 단계에는 힌트가 없습니다'),
	notDone: en('this step is not done yet: s skips it').ko('이 단계는 아직 끝나지 않았습니다: s로 건너뜁니다'),
	noStep: en('the lesson is at its end: b leads back, l to the list').ko('학습의 끝입니다: b는 이전 단계, l은 목록'),
	noQuestion: en('this step asks for no prediction now').ko('지금은 예측할 것이 없습니다'),
	noNumber: en('type a number first; or Tab: do the step without a prediction').ko('먼저 숫자를 입력하십시오. Tab: 예측 없이 하기'),
	noText: en('type your prediction first; or Tab: do the step without one').ko('먼저 예측을 입력하십시오. Tab: 예측 없이 하기'),
	noChoice: en((count: number) =>
		`choose first, with 1${count > 1 ? `–${count}` : ''}; or Tab: do the step without a prediction`)
		.ko(count =>
			`먼저 1${count > 1 ? `–${count}` : ''} 중에서 고르십시오. Tab: 예측 없이 하기`),
	/** What was typed while a prediction is asked for. */
	inLine: en('typed here, as it is no prediction: Esc g p leads back to that')
		.ko('예측이 아니므로 여기에 입력됩니다. 예측으로 돌아가기: Esc g p'),
	/** Enter on an empty line, while a step is not done. */
	sendsEmpty: en('nothing is typed: Enter again sends an empty datagram')
		.ko('입력한 것이 없습니다: Enter를 한 번 더 누르면 빈 데이터그램을 보냅니다'),
	needsLesson: en('no lesson is open: Esc g lists them').ko('열린 학습이 없습니다: Esc g로 목록을 봅니다'),
	saved: en((files: string) => `saved: ${files}`).ko(files => `저장했습니다: ${files}`),
	noReport: en('there is nothing to report yet').ko('아직 보고할 내용이 없습니다'),
	problem: both((problem: ProgressProblem): Both<string> => byType(problem, {
		broken: ({keptAs}) => en(`your progress could not be read: the file is kept as ${keptAs}, and a new one was begun`)
			.ko(`학습 진도를 읽을 수 없어 파일을 ${keptAs}에 보관하고 새로 시작했습니다`),
		unreadable: ({code, file}) => en(`your progress cannot be read (${code}, ${file}): the lessons go on without it`)
			.ko(`학습 진도를 읽을 수 없습니다(${code}, ${file}): 진도 없이 계속합니다`),
		unwritable: ({code, file}) => en(`your progress cannot be saved (${code}, ${file}): the lessons go on without it`)
			.ko(`학습 진도를 저장할 수 없습니다(${code}, ${file}): 진도 없이 계속합니다`),
	})),
};

/** The report of a lesson, and the draft of a lesson that starts from a scene. */
export const lessonReportWords = {
	title: en((title: string) => `Lesson: ${title}`).ko(title => `학습: ${title}`),
	started: en('Started').ko('시작'),
	ended: en('Ended').ko('끝'),
	notEnded: en('not finished').ko('끝나지 않음'),
	seed: en('Seed of the simulated link').ko('네트워크 시뮬레이션의 시드(seed)'),
	done: en('Steps done').ko('마친 단계'),
	ofSteps: en((done: number, count: number) => `${done} of ${count}`).ko((done, count) => `${count}단계 중 ${done}단계`),
	skipped: en('Skipped').ko('건너뛴 단계'),
	earlier: en('Done before this report').ko('이 보고서 전에 마친 단계'),
	notDone: en('Not done').ko('마치지 않은 단계'),
	log: en('Log').ko('로그'),
	outcomes: en({done: 'done', skipped: 'skipped', begun: 'not done'})
		.ko({done: '마침', skipped: '건너뜀', begun: '마치지 않음'}),
	doneAt: en((time: string, duration: string) => `at ${time}, after ${duration}`)
		.ko((time, duration) => `${time}, ${duration} 걸림`),
	attempts: en((count: number) => `begun ${count} times`).ko(count => `${count}번 시작`),
	hints: en((count: number) => count === 1 ? '1 hint' : `${count} hints`).ko(count => `힌트 ${count}개`),
	teaches: en('Statements').ko('다룬 내용'),
	question: en('Asked before').ko('예측 질문'),
	guess: en('My prediction').ko('내 예측'),
	came: en('Result').ko('실제 결과'),
	states: {
		open: en('not answered').ko('답하지 않음'),
		given: en('not known yet').ko('아직 모름'),
		right: en('right').ko('맞음'),
		wrong: en('wrong').ko('결과와 다름'),
		skipped: en('not answered').ko('답하지 않음'),
	},
	seen: en('What was seen').ko('관찰한 내용'),
	draft: {
		title: en('A saved scene').ko('저장한 장면'),
		comment: en(['Steps: what docs/lesson-format.md of socket-playground says.'])
			.ko(['단계는 socket-playground의 docs/lesson-format.md를 참고하십시오.']),
		text: en('Say here what is to be found out, and what to do: send something from client 1.')
			.ko('무엇을 알아보고 무엇을 할지 여기에 씁니다: 클라이언트 1에서 보내 보십시오.'),
		explain: en('The server has received {arrived.text}, from {arrived.peer}.')
			.ko('서버가 {arrived.peer}에서 받은 텍스트: {arrived.text}'),
	},
};
