/** The report of a lesson, and the draft of a lesson that starts from a scene, in English. */
export const lessonReportEn = {
	title: (title: string) => `Lesson: ${title}`,
	started: 'Started',
	ended: 'Ended',
	notEnded: 'not finished',
	seed: 'Seed of the simulated link',
	done: 'Steps done',
	ofSteps: (done: number, count: number) => `${done} of ${count}`,
	log: 'Log',
	outcomes: {done: 'done', skipped: 'skipped', begun: 'not done'},
	doneAt: (time: string, duration: string) => `at ${time}, after ${duration}`,
	attempts: (count: number) => `begun ${count} times`,
	hints: (count: number) => count === 1 ? '1 hint' : `${count} hints`,
	teaches: 'Statements',
	question: 'Asked before',
	guess: 'My prediction',
	came: 'Result',
	states: {
		open: 'not answered', given: 'not known yet', right: 'right', wrong: 'wrong', skipped: 'not answered',
	},
	seen: 'What was seen',
	draft: {
		title: 'A saved scene',
		comment: ['Steps: what docs/lesson-format.md of socket-playground says.'],
		text: 'Say here what is to be found out, and what to do: send something from client 1.',
		explain: 'The server has received {arrived.text}, from {arrived.peer}.',
	},
};
