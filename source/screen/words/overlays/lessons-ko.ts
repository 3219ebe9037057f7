import type {ProgressProblem} from '../../../engine/api/lesson.ts';
import {withParticle} from '../values/particle.ts';
import {byType} from '../../../text/by-type.ts';
import type {lessonsEn, lessonReportEn} from './lessons-en.ts';

/** The numbers of steps, from 1, of those from 0. */
function numbered(steps: readonly number[]): string {
	return steps.map(step => step + 1).join(', ');
}

/** The list of lessons, and the panel of the open one, in Korean. */
export const lessonsKo: typeof lessonsEn = {
	title: '학습',
	promise: '교재의 소켓 단원을 실제 소켓으로 한 단계씩 직접 해 봅니다',
	replaces: protocols => `Enter: 열린 ${protocols.join(', ')} 소켓을 닫고 새로 엽니다. 기록도 사라집니다.`,
	ends: what => `함께 끝나는 것: ${what.join(', ')}.`,
	endings: {
		sending: client => `${client === undefined ? '서버' : `클라이언트 ${client}`}의 전송`,
		writing: client => `${client === undefined ? '서버' : `클라이언트 ${client}`}의 파일 쓰기`,
		held: count => `보류한 메시지 ${count}개`,
		link: protocol => `${protocol}의 네트워크 시뮬레이션 조건`,
		experiment: '실험',
	},
	chapter: '소켓 단원',
	own: '파일에서 연 학습',
	loading: '학습 목록을 읽는 중 …',
	none: '학습이 없습니다',
	progress: (done, count) => `${count}단계 중 ${done}단계 완료`,
	open: '열려 있음',
	choose: '선택',
	start: '시작 또는 이어서',
	anew: '처음부터',
	back: '뒤로',
	checked: (id, steps, languages) => `${id}, ${steps}단계, ${languages.join(', ')}`,
	lesson: '학습',
	step: (step, count) => `${count}단계 중 ${step}단계`,
	checkbox: (seen, count) => `${count}개 중 ${seen}개`,
	notYet: '아직 하지 않음',
	done: '완료',
	hint: number => `힌트 ${number}:`,
	explanation: '설명:',
	already: '앞에서 이미 한 일입니다. 단계를 읽고 화면을 살펴보십시오.',
	otherPort: ({protocol, wanted, port}) =>
		`${protocol.toUpperCase()} 포트 ${withParticle(String(wanted), ['은', '는'])} 다른 프로그램이 사용 중: 서버 포트는 ${port}`,
	task: '이 단계:',
	question: '먼저 예측:',
	yourGuess: '내 예측:',
	right: '예측이 맞았습니다.',
	came: '실제 결과:',
	finished: (title, count) => `"${title}" 학습의 ${count}단계를 모두 마쳤습니다.`,
	ended: (title, done, count) => `"${title}" 학습의 끝입니다. ${count}단계 중 ${done}단계를 마쳤습니다.`,
	undone: steps => `마치지 않은 단계: ${numbered(steps)}. 목록에서 다시 열면 그 단계부터 이어집니다.`,
	skippedNow: steps => `전에 마쳤고 이번에는 건너뛴 단계: ${numbered(steps)}.`,
	report: '로 제출용 보고서(각 단계, 예측, 관찰한 내용)와 로그를 저장합니다.',
	keys: {
		next: '다음 단계',
		end: '끝으로',
		nextScene: '다음(새 소켓)',
		explain: '설명',
		more: '계속 읽기',
		list: '목록',
		answer: '예측하기',
		number: '숫자 입력',
		text: '예측 입력',
		panes: '예측 없이 하기',
		toLine: '메시지 입력',
		toQuestion: '예측으로',
		hint: (given, count) => `힌트 ${given + 1}/${count}`,
		menu: '학습',
		chooseAnswer: '선택',
		scroll: '스크롤',
		back: '이전 단계',
		again: '단계 다시',
		reset: '소켓 초기화',
		skip: '건너뛰기',
		leave: '나가기',
		report: '보고서 저장',
		nextHint: '힌트',
		close: '닫기',
	},
	noMoreHints: '이 단계의 힌트를 모두 보았습니다',
	noHints: '이 단계에는 힌트가 없습니다',
	notDone: '이 단계는 아직 끝나지 않았습니다: s로 건너뜁니다',
	noQuestion: '지금은 예측할 것이 없습니다',
	noNumber: '먼저 숫자를 입력하십시오. Tab: 예측 없이 하기',
	noText: '먼저 예측을 입력하십시오. Tab: 예측 없이 하기',
	noChoice: count =>
		`먼저 1${count > 1 ? `–${count}` : ''} 중에서 고르십시오. Tab: 예측 없이 하기`,
	inLine: '예측이 아니므로 여기에 입력됩니다. 예측으로 돌아가기: Esc g p',
	needsLesson: '열린 학습이 없습니다: Esc g로 목록을 봅니다',
	saved: files => `저장됨: ${files}`,
	noReport: '아직 보고할 내용이 없습니다',
	problem(problem: ProgressProblem): string {
		return byType(problem, {
			broken: ({keptAs}) => `학습 진도를 읽을 수 없어 파일을 ${keptAs}에 보관하고 새로 시작했습니다`,
			unreadable: ({code, file}) => `학습 진도를 읽을 수 없습니다(${code}, ${file}): 진도 없이 계속합니다`,
			unwritable: ({code, file}) => `학습 진도를 저장할 수 없습니다(${code}, ${file}): 진도 없이 계속합니다`,
		});
	},
};

/** The report of a lesson, and the draft of a lesson that starts from a scene, in Korean. */
export const lessonReportKo: typeof lessonReportEn = {
	title: title => `학습: ${title}`,
	started: '시작',
	ended: '끝',
	notEnded: '끝나지 않음',
	seed: '네트워크 시뮬레이션의 시드(seed)',
	done: '마친 단계',
	ofSteps: (done, count) => `${count}단계 중 ${done}단계`,
	skipped: '건너뛴 단계',
	earlier: '전에 마친 단계(이 보고서에 없음)',
	notDone: '마치지 않은 단계',
	log: '로그',
	outcomes: {done: '마침', skipped: '건너뜀', begun: '마치지 않음'},
	doneAt: (time, duration) => `${time}, ${duration} 걸림`,
	attempts: count => `${count}번 시작`,
	hints: count => `힌트 ${count}개`,
	teaches: '다룬 내용',
	question: '예측 질문',
	guess: '내 예측',
	came: '실제 결과',
	states: {
		open: '답하지 않음', given: '아직 모름', right: '맞음', wrong: '결과와 다름', skipped: '답하지 않음',
	},
	seen: '관찰한 내용',
	draft: {
		title: '저장한 장면',
		comment: ['단계는 socket-playground의 docs/lesson-format.md를 참고하십시오.'],
		text: '무엇을 알아보고 무엇을 할지 여기에 씁니다: 클라이언트 1에서 보내 보십시오.',
		explain: '서버가 {arrived.peer}에서 받은 텍스트: {arrived.text}',
	},
};
