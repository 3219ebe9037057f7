/* A lesson as plain data: what a lesson file says, checked and taken apart. docs/lesson-format.md has the files. */
import type {EventType, Protocol, SocketOption} from '../log/event.ts';
import type {Amendment} from '../log/amendment.ts';
import type {LinkConditions} from '../link/conditions.ts';
import type {LinkDirection} from '../link/random.ts';
import type {ReplyRule} from '../replies/reply-rule.ts';
import type {Encoding} from '../text/encoding/encoding.ts';
import type {Framing} from '../text/framing.ts';

/** The languages that texts of a lesson may be in, by their ISO 639-1 codes. */
export const lessonLanguages = ['en', 'ko'] as const;
export type LessonLanguage = (typeof lessonLanguages)[number];

/** Something in each of the lesson's languages. A lesson has at least one, and all its texts have the same ones. */
export type Localized<Value> = Readonly<Partial<Record<LessonLanguage, Value>>>;

/**
A text with its placeholders. A `key` is a command of the key table by its name, which the screen writes as it is
pressed; a `value` is worked out from what happened, and `fallback` stands for it where that has not.
*/
export type Template = ReadonlyArray<
	| {readonly type: 'text'; readonly text: string}
	| {readonly type: 'key'; readonly key: string}
	| {readonly type: 'value'; readonly value: ValuePath | Duration; readonly fallback?: string}
>;

export type LessonText = Localized<Template>;

/** A field of something bound, or of a server: `reply.peer.port`, `server.local`. */
export type ValuePath = {readonly name: string; readonly field: string};

/** From one bound event to a later one: `{reply - query}`, in milliseconds. */
export type Duration = {readonly from: string; readonly to: string};

/** The sockets that a step starts from. */
export type LessonScene = {
	/** One or both, in the order in which they are shown. */
	readonly protocols: readonly [Protocol, ...Protocol[]];
	readonly clients: number;
	readonly isServerOpen: boolean;
	/** Whether TCP's clients are connected, where the server is open. */
	readonly isConnected: boolean;
	readonly reply: ReplyRule;
	readonly closeAfterReply: boolean;
	readonly link: Readonly<Record<LinkDirection, LinkConditions>>;
	/** Of the link's random choices; undefined leaves the playground's. */
	readonly seed: number | undefined;
	/** What the servers bind; undefined leaves what the command line says. */
	readonly host: string | undefined;
	readonly port: number | undefined;
	/** Of all sockets that can have them. */
	readonly options: readonly SocketOption[];
	/** Of TCP's messages; undefined where there are none. */
	readonly framing: Framing | undefined;
	/** Of text; undefined for UTF-8. */
	readonly encoding: Encoding | undefined;
};

export type Lesson = {
	readonly id: string;
	readonly title: Localized<string>;
	readonly languages: readonly LessonLanguage[];
	readonly scene: LessonScene;
	readonly steps: readonly LessonStep[];
};

/** One step: what to find out and to do, how it is told that it was done, and what is said then. */
export type LessonStep = {
	/** The statements of the chapter that it teaches, such as `U6`. */
	readonly teaches: readonly string[];
	readonly text: LessonText;
	/** Opened when the step is begun; undefined leaves what is open. */
	readonly scene: LessonScene | undefined;
	/** Opened instead where the person comes back to this step, or to one behind it: what the steps before leave. */
	readonly resume: LessonScene | undefined;
	readonly prediction: Prediction | undefined;
	/** All of them are to be ticked, in any order. */
	readonly checks: readonly Check[];
	readonly explanation: LessonText;
	/** The bound events whose rows are marked when the explanation is shown. */
	readonly marks: readonly string[];
	readonly hints: readonly LessonText[];
	readonly reactions: readonly Reaction[];
};

export type Check = {
	/** A step with a single check may leave it out. */
	readonly label: LessonText | undefined;
	readonly when: Condition;
	/** What happened before the step counts, too, from the beginning of the lesson. */
	readonly isEver: boolean;
};

/** What is said when something else happens that teaches something. */
export type Reaction = {readonly when: Condition; readonly text: LessonText};

/** What the person is asked before the thing is done. */
export type Prediction = {
	readonly ask: LessonText;
	readonly kind: 'number' | 'text' | 'choice';
	/** Of a choice only. */
	readonly choices: ReadonlyArray<{readonly id: string; readonly text: LessonText}>;
	/** What is right: one of these literals, or the value of something that was bound in this step. */
	readonly answer: readonly string[] | ValuePath;
	/** A number may differ by this much. */
	readonly tolerance: number;
	/** Shown before the explanation. */
	readonly right: LessonText | undefined;
	readonly wrong: LessonText | undefined;
};

/** Which sockets a condition is about. Without a number it is any of them. */
export type Actor = {
	/** `server` is its own socket and its connection sockets; `welcoming` is TCP's or UDP's own one alone. */
	readonly role: 'client' | 'server' | 'welcoming' | 'connection';
	readonly number: number | undefined;
};

/** A scene as conditions name it. */
export type LessonSceneName = Protocol | 'laboratory';

export const operators = ['=', '!=', '<', '<=', '>', '>=', 'contains', 'starts with', 'ends with'] as const;
export type Operator = (typeof operators)[number];

/** `length > 5`, `peer.port = query.local.port`, `loss >= 30%`. */
export type Comparison = {
	readonly field: string;
	readonly operator: Operator;
	readonly value: string | number | ValuePath;
};

/** How a pane is shown, as the rows, or else the contents, of a view are called. */
export const lookedViews = ['messages', 'calls', 'bytes', 'sockets', 'source'] as const;
export type LookedView = (typeof lookedViews)[number];

/** What is drawn over the panes, or beside them. */
export const lookedOverlays = [
	'flow', 'payload', 'link', 'acts', 'report', 'laboratory', 'help', 'filter', 'address', 'lessons',
] as const;
export type LookedOverlay = (typeof lookedOverlays)[number];

/** What may become known of an event later. */
const amendments = [
	'left', 'read', 'dropped', 'unbound', 'refused', 'overtaken', 'discarded', 'segment-left',
] as const satisfies ReadonlyArray<Amendment['type']>;

/** The values of conditions by how they are written; else one of some words is. */
export type ConditionValues = {
	'event kinds': readonly EventType[];
	/** Of a scene. */
	comparisons: readonly Comparison[];
	/** Of an experiment. */
	experiment: string;
	actor: Actor;
	/** What something is bound to. */
	name: string;
	/** Of an event. */
	field: string;
	count: number;
	boolean: boolean;
};

/** How a value is written: `state` and `conditions` are others, the first of them on no event. */
export type Written = keyof ConditionValues | 'state' | 'conditions' | {readonly words: readonly string[]};

/** The key that names a kind of condition: the field that has its value, and how that is written; and other keys. */
type ConditionKind = {
	readonly field: string;
	readonly written: Written;
	readonly besides: Readonly<Record<string, Written>>;
};

const scene = {words: ['udp', 'tcp', 'laboratory']} as const satisfies {words: LessonSceneName[]};

/** The kinds of conditions. What stands beside their key may be left out. */
export const conditionKinds = {
	/**
	Something happened to a socket, of one of these kinds. `by`: to whose; `scene`: in another one than the lesson's
	own; `became`: not that, but what became known of such an event later; `count`: how often; `distinct`: events of
	which this field is another one each; `as`: the name that it, or the last of them, is bound to.
	*/
	event: {
		field: 'kinds',
		written: 'event kinds',
		besides: {
			by: 'actor', scene, became: {words: amendments}, as: 'name', count: 'count', distinct: 'field',
		},
	},
	/** These one after the other, each later than the one before. Other things may happen between them. */
	then: {field: 'parts', written: 'conditions', besides: {}},
	/** All of these, in any order. */
	all: {field: 'parts', written: 'conditions', besides: {}},
	/** One of these. */
	any: {field: 'parts', written: 'conditions', besides: {}},
	/** How a scene stands: the first of the lesson, unless it is named. */
	state: {field: 'where', written: 'comparisons', besides: {scene}},
	/** The person looks at a pane so, of any scene, unless it is named; `language`: of a program that is shown. */
	view: {
		field: 'view',
		written: {words: lookedViews},
		besides: {
			pane: 'actor', scene, language: {words: ['python', 'javascript', 'c']}, focused: 'boolean',
		},
	},
	/** The person looks at this. */
	overlay: {field: 'overlay', written: {words: lookedOverlays}, besides: {}},
	/** All steps of an experiment are done; `outcome` is that of its view. */
	experiment: {
		field: 'experiment', written: 'experiment', besides: {outcome: {words: ['caused', 'allowed', 'failed']}},
	},
	/** This is not so. */
	not: {field: 'part', written: 'state', besides: {}},
} as const satisfies Readonly<Record<string, ConditionKind>>;

type ConditionKinds = typeof conditionKinds;
export type ConditionType = keyof ConditionKinds;

type ValueOf<How> = How extends keyof ConditionValues
	? ConditionValues[How]
	: (How extends {readonly words: ReadonlyArray<infer Word>} ? Word : never);

type ConditionOf<Type extends ConditionType> = {readonly type: Type}
	& Readonly<Record<ConditionKinds[Type]['field'], ValueOf<ConditionKinds[Type]['written']>>>
	& {readonly [Key in keyof ConditionKinds[Type]['besides']]?: ValueOf<ConditionKinds[Type]['besides'][Key]>};

/** An event has payload, error and fields of which all of these hold. */
export type EventCondition = ConditionOf<'event'> & {readonly where: readonly Comparison[]};

/** A condition, and what makes it begin again: something that must not happen meanwhile. */
export type Condition = (
	| EventCondition
	| ConditionOf<'state'>
	| ConditionOf<'view'>
	| ConditionOf<'overlay'>
	| ConditionOf<'experiment'>
	| {readonly type: 'then' | 'all' | 'any'; readonly parts: readonly Condition[]}
	| {readonly type: 'not'; readonly part: Condition}
) & {readonly without?: Condition};
