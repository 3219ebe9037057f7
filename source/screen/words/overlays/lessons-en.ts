import type {OtherPort, ProgressProblem} from '../../../engine/api/lesson.ts';
import {byType} from '../../../text/by-type.ts';

/** The numbers of steps, from 1, of those from 0. */
function numbered(steps: readonly number[]): string {
	return `${steps.length === 1 ? 'step' : 'steps'} ${steps.map(step => step + 1).join(', ')}`;
}

/** The list of lessons, and the panel of the open one, in English. */
export const lessonsEn = {
	title: 'LESSONS',
	promise: 'the chapter step by step, on real sockets',
	replaces: (protocols: readonly string[]) =>
		`Enter opens new ${protocols.join(' and ')} sockets; the open ones close, and their rows go.`,
	/** What a lesson that is opened ends besides; a pane is told by its client's number, the server's by none. */
	ends: (what: readonly string[]) => `It also ends: ${what.join(', ')}.`,
	endings: {
		sending: (client: number | undefined) => `what ${client === undefined ? 'the server' : `client ${client}`} is sending`,
		writing: (client: number | undefined) =>
			`writing to a file in ${client === undefined ? 'the server' : `client ${client}`}`,
		held: (count: number) => count === 1 ? '1 held message' : `${count} held messages`,
		link: (protocol: string) => `the conditions of the ${protocol} link`,
		relay: 'the relay',
		experiment: 'the experiment',
	},
	/** What is not as it was before a lesson that was left. */
	left: {
		told: (what: readonly string[]) =>
			`the lesson's sockets stay as they are; before it there was something else: ${what.join(', ')}`,
		relay: (protocol: string) => `a ${protocol} relay`,
		rule: (protocol: string, now: string, before: string) => `the ${protocol} rule ${before}, now ${now}`,
		link: (protocol: string) => `other conditions of the ${protocol} link`,
	},
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
	finished: (title: string, count: number) => `You have done all ${count} steps of "${title}".`,
	ended: (title: string, done: number, count: number) => `The end of "${title}": ${done} of ${count} steps done.`,
	undone: (steps: readonly number[]) =>
		`Not done: ${numbered(steps)}. Opened again from the list, the lesson goes on there.`,
	skippedNow: (steps: readonly number[]) => `Skipped this time, and done before: ${numbered(steps)}.`,
	report: ' saves the report to hand in: your steps, your predictions, what was seen; and the log beside it.',
	keys: {
		next: 'next step',
		end: 'to the end',
		nextScene: 'next, new sockets',
		explain: 'explanation',
		more: 'read on',
		list: 'the list',
		answer: 'predict',
		number: 'a number',
		text: 'your prediction',
		panes: 'do it without',
		toLine: 'message',
		toQuestion: 'predict',
		hint: (given: number, count: number) => `hint ${given + 1} of ${count}`,
		menu: 'lesson',
		chooseAnswer: 'choose',
		scroll: 'scroll',
		back: 'step before',
		backScene: 'step before, new sockets',
		again: 'step again',
		reset: 'reset the scene',
		skip: 'skip step',
		skipScene: 'skip step, new sockets',
		leave: 'leave',
		report: 'save report',
		nextHint: 'hint',
		close: 'close',
	},
	noMoreHints: 'there are no more hints for this step',
	noHints: 'this step has no hints',
	notDone: 'this step is not done yet: s skips it',
	noStep: 'the lesson is at its end: b leads back, l to the list',
	noQuestion: 'this step asks for no prediction now',
	noNumber: 'type a number first; or Tab: do the step without a prediction',
	noText: 'type your prediction first; or Tab: do the step without one',
	noChoice: (count: number) =>
		`choose first, with 1${count > 1 ? `–${count}` : ''}; or Tab: do the step without a prediction`,
	/** What was typed while a prediction is asked for. */
	inLine: 'typed here, as it is no prediction: Esc g p leads back to that',
	/** Enter on an empty line, while a step is not done. */
	sendsEmpty: 'nothing is typed: Enter again sends an empty datagram',
	needsLesson: 'no lesson is open: Esc g lists them',
	saved: (files: string) => `saved: ${files}`,
	noReport: 'there is nothing to report yet',
	problem(problem: ProgressProblem): string {
		return byType(problem, {
			broken: ({keptAs}) => `your progress could not be read: the file is kept as ${keptAs}, and a new one was begun`,
			unreadable: ({code, file}) => `your progress cannot be read (${code}, ${file}): the lessons go on without it`,
			unwritable: ({code, file}) => `your progress cannot be saved (${code}, ${file}): the lessons go on without it`,
		});
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
	skipped: 'Skipped',
	earlier: 'Done before this report',
	notDone: 'Not done',
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
