import type {
	LessonRunView, LessonView, PredictionView,
} from '../../source/engine/api/lesson.ts';
import type {FilledText} from '../../source/lessons/fill-template.ts';
import type {Lesson, LessonStep} from '../../source/lessons/lesson.ts';
import {perfect} from '../../source/link/conditions.ts';
import {type Learning, noLearning} from '../../source/screen/state/learning.ts';

/** A text without placeholders. */
export function shown(text: string): FilledText {
	return [{type: 'text', text}];
}

/** A question whose answer is one of these. */
export function choiceOf(...texts: readonly string[]): PredictionView {
	return {
		kind: 'choice',
		ask: shown('Is it the same port?'),
		choices: texts.map((text, index) => ({id: `choice-${index + 1}`, text: shown(text)})),
		state: 'open',
		given: undefined,
		came: undefined,
		comment: undefined,
	};
}

/** A question for a number. */
export const numberQuestion: PredictionView = {...choiceOf(), kind: 'number', ask: shown('How many datagrams arrive?')};

/** A step in which something is to be done. */
export function lessonRun(changes: Partial<LessonRunView> = {}): LessonRunView {
	return {
		key: 'udp-ports',
		id: 'udp-ports',
		title: 'The client\'s port',
		language: 'en',
		protocols: ['udp'],
		servers: {},
		isOpening: false,
		isAlready: false,
		step: 2,
		count: 9,
		done: [0, 1],
		skipped: [],
		isNextAnew: false,
		isBackAnew: false,
		phase: 'doing',
		text: [
			{type: 'text', text: 'Find out which port the OS picks for client 1: '},
			{type: 'key', key: 'type'},
			{type: 'text', text: ' goes to its line, type a message and press Enter.'},
		],
		checks: [
			{
				label: shown('client 1 has a port'), isDone: true, seen: 1, count: 1,
			},
			{
				label: shown('the server has answered'), isDone: false, seen: 1, count: 3,
			},
		],
		prediction: undefined,
		hints: [],
		hintCount: 2,
		reaction: undefined,
		explanation: undefined,
		marks: [],
		teaches: ['U6'],
		...changes,
	};
}

/** The explanation of a step that is done. */
export const explanation: FilledText = [
	{type: 'text', text: 'The OS chose port '},
	{type: 'value', text: '40000'},
	{type: 'text', text: '. It travels in the datagram: the server read it as '},
	{type: 'value', text: '127.0.0.1:40000'},
	{type: 'text', text: ', and answered there. The answer came back after '},
	{type: 'value', text: '3.1 ms'},
	{type: 'text', text: '.'},
];

export function lessonView(run: LessonRunView | undefined, changes: Partial<LessonView> = {}): LessonView {
	return {
		type: 'lesson', run, progress: {}, problem: undefined, otherPorts: [], ...changes,
	};
}

/** What the screen remembers while this lesson is open. */
export function learningOf(run: LessonRunView, changes: Partial<Learning> = {}): Learning {
	return {
		...noLearning, isOpen: true, view: lessonView(run), ...changes,
	};
}

/** A lesson of this many steps, of which only titles and numbers are of interest. */
export function lessonOf(id: string, title: string, steps: number): Lesson {
	return {
		id,
		title: {en: title, ko: title},
		languages: ['en', 'ko'],
		scene: {
			protocols: ['udp'],
			clients: 2,
			isServerOpen: true,
			isConnected: true,
			reply: 'uppercase',
			closeAfterReply: false,
			link: {'to-server': perfect, 'to-clients': perfect},
			seed: undefined,
			host: undefined,
			options: [],
			framing: undefined,
			encoding: undefined,
			port: undefined,
		},
		steps: Array.from({length: steps}, (): LessonStep => ({
			teaches: [],
			text: {},
			scene: undefined,
			resume: undefined,
			prediction: undefined,
			checks: [],
			explanation: {},
			marks: [],
			hints: [],
			reactions: [],
		})),
	};
}

/** A lesson in each of its phases, with much to say. */
export const everyRun: readonly LessonRunView[] = [
	lessonRun(),
	lessonRun({
		reaction: {number: 1, text: shown('That went from the server, which knew it already. Try it from client 1.')},
		hints: [shown('Tab moves to client 1.'), shown('Then type a message.')],
	}),
	lessonRun({phase: 'asking', prediction: choiceOf('The same port', 'Another port', 'None before it sends'.repeat(4))}),
	lessonRun({phase: 'asking', prediction: numberQuestion}),
	lessonRun({prediction: {...numberQuestion, state: 'given', given: shown('12')}}),
	lessonRun({
		phase: 'explaining',
		explanation,
		marks: [{pane: 1, sequence: 0}],
		checks: lessonRun().checks.map(check => ({...check, isDone: true})),
		prediction: {
			...numberQuestion, state: 'wrong', given: shown('12'), came: shown('9'), comment: shown('Some were lost.'),
		},
	}),
	lessonRun({phase: 'explaining', explanation: [...explanation, ...explanation, ...explanation, ...explanation]}),
	lessonRun({phase: 'finished', done: [0, 1, 2, 3, 4, 5, 6, 7], skipped: [1, 8]}),
];
