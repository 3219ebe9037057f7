import type {OtherPort, ProgressProblem} from '../../../engine/api/lesson.ts';

/** The list of lessons, and the panel of the open one, in English. */
export const lessonsEn = {
	title: 'LESSONS',
	promise: 'the chapter step by step, on real sockets',
	replaces: (protocols: readonly string[]) =>
		`Enter opens new ${protocols.join(' and ')} sockets; the open ones close, and their rows go.`,
	chapter: 'The chapter',
	own: 'From a file',
	loading: 'reading the lessons …',
	none: 'no lessons here',
	progress: (done: number, count: number) => `${done} of ${count} steps`,
	open: 'open',
	choose: 'choose',
	start: 'start or continue',
	anew: 'from its first step',
	back: 'back',
	/** A file of a lesson in which nothing is wrong. */
	checked: (id: string, steps: number, languages: readonly string[]) =>
		`${id}, ${steps} ${steps === 1 ? 'step' : 'steps'}, ${languages.join(' and ')}`,
	lesson: 'LESSON',
	step: (step: number, count: number) => `step ${step} of ${count}`,
	checkbox: (seen: number, count: number) => `${seen} of ${count}`,
	notYet: 'not done yet',
	done: 'done',
	hint: (number: number) => `Hint ${number}:`,
	explanation: 'Explanation:',
	already: 'This is done already. Read the step, and look at the result.',
	otherPort: ({protocol, wanted, port}: OtherPort) =>
		`${protocol.toUpperCase()} port ${wanted} is used by another program: this server has port ${port}.`,
	task: 'The step:',
	question: 'First a prediction:',
	yourGuess: 'Your prediction:',
	right: 'Your prediction was right.',
	came: 'The result:',
	finished: (title: string) => `You have reached the end of "${title}".`,
	undone: (count: number) => `${count} step${count === 1 ? ' was' : 's were'} skipped.`,
	report: ' saves the report to hand in: your steps, your predictions, what was seen; and the log beside it.',
	keys: {
		next: 'next step',
		explain: 'explanation',
		more: 'read on',
		list: 'the list',
		answer: 'predict',
		panes: 'do it without',
		toQuestion: 'predict',
		hint: (given: number, count: number) => `hint ${given + 1} of ${count}`,
		menu: 'lesson',
		chooseAnswer: 'choose',
		scroll: 'scroll',
		back: 'step before',
		again: 'step again',
		reset: 'reset the scene',
		skip: 'skip step',
		leave: 'leave',
		report: 'save report',
		nextHint: 'hint',
		close: 'close',
	},
	noMoreHints: 'there are no more hints for this step',
	noHints: 'this step has no hints',
	notDone: 'this step is not done yet: s skips it',
	noQuestion: 'this step asks for no prediction now',
	noNumber: 'type a number, then Enter; Tab: do it without',
	noText: 'type your prediction, then Enter; Tab: do it without one',
	needsLesson: 'no lesson is open: Esc g lists them',
	saved: (files: string) => `saved: ${files}`,
	noReport: 'there is nothing to report yet',
	problem(problem: ProgressProblem) {
		switch (problem.type) {
			case 'broken': {
				return `your progress could not be read: the file is kept as ${problem.keptAs}, and a new one was begun`;
			}

			case 'unreadable': {
				return `your progress cannot be read (${problem.code}, ${problem.file}): the lessons go on without it`;
			}

			case 'unwritable': {
				return `your progress cannot be saved (${problem.code}, ${problem.file}): the lessons go on without it`;
			}

			default: {
				return problem satisfies never;
			}
		}
	},
};

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
