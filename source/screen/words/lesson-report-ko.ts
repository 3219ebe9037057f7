import type {lessonReportEn} from './lesson-report-en.ts';

/** The report of a lesson, and the draft of a lesson that starts from a scene, in Korean. */
export const lessonReportKo: typeof lessonReportEn = {
	title: title => `학습: ${title}`,
	started: '시작',
	ended: '끝',
	notEnded: '끝나지 않음',
	seed: '네트워크 시뮬레이션의 시드(seed)',
	done: '마친 단계',
	ofSteps: (done, count) => `${count}단계 중 ${done}단계`,
	log: '로그',
	outcomes: {done: '마침', skipped: '건너뜀', begun: '마치지 않음'},
	doneAt: (time, duration) => `${time}, ${duration} 걸림`,
	attempts: count => `${count}번 시작`,
	hints: count => `힌트 ${count}개`,
	teaches: '다룬 내용',
	question: '미리 물은 것',
	guess: '내 예측',
	came: '실제 결과',
	states: {
		open: '답하지 않음', given: '아직 모름', right: '맞음', wrong: '결과와 다름', skipped: '답하지 않음',
	},
	seen: '관찰한 것',
	draft: {
		title: '저장한 장면',
		comment: ['단계는 socket-playground의 docs/lesson-format.md를 참고하십시오.'],
		text: '무엇을 알아보고 무엇을 할지 여기에 씁니다: 클라이언트 1에서 보내 보십시오.',
		explain: '서버가 {arrived.peer}에서 {arrived.text}를 수신했습니다.',
	},
};
