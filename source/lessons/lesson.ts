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

/** A text of a lesson by language. */
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

/** A whole lesson. */
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
	readonly prediction: Prediction | undefined;
	/** All of them are to be ticked, in any order. */
	readonly checks: readonly Check[];
	readonly explanation: LessonText;
	/** The bound events whose rows are marked when the explanation is shown. */
	readonly marks: readonly string[];
	readonly hints: readonly LessonText[];
	readonly reactions: readonly Reaction[];
};

/** One checkbox of a step. */
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

/** A condition, and what makes it begin again: something that must not happen meanwhile. */
export type Condition = (
	| EventCondition
	| StateCondition
	| ViewCondition
	| OverlayCondition
	| ExperimentCondition
	/** These one after the other, each later than the one before. Other things may happen between them. */
	| {readonly type: 'then'; readonly parts: readonly Condition[]}
	/** All of these, in any order. */
	| {readonly type: 'all'; readonly parts: readonly Condition[]}
	/** One of these. */
	| {readonly type: 'any'; readonly parts: readonly Condition[]}
	/** A state, view, overlay or experiment is not as this says. */
	| {readonly type: 'not'; readonly part: Condition}
) & {readonly without?: Condition};

/** Something that happened to a socket. */
export type EventCondition = {
	readonly type: 'event';
	/** One of these kinds. */
	readonly kinds: readonly EventType[];
	/** What became known of such an event later, such as `overtaken`; undefined: it happened. */
	readonly became: Amendment['type'] | undefined;
	readonly by: Actor | undefined;
	/** Undefined: one of the lesson's own scenes. */
	readonly scene: LessonSceneName | undefined;
	/** All of these hold. */
	readonly where: readonly Comparison[];
	/** The name that it is bound to: the last one where there are several. */
	readonly as: string | undefined;
	/** How many of them. */
	readonly count: number;
	/** Only those count of which this field is another one each. */
	readonly distinct: string | undefined;
};

/** How a scene stands. */
type StateCondition = {
	readonly type: 'state';
	/** Undefined: the first scene of the lesson. */
	readonly scene: LessonSceneName | undefined;
	readonly where: readonly Comparison[];
};

/** How a pane is shown, as the rows, or else the contents, of a view are called. */
export const lookedViews = ['messages', 'calls', 'bytes', 'sockets', 'source'] as const;
export type LookedView = (typeof lookedViews)[number];

/** What is drawn over the panes, or beside them. */
export const lookedOverlays = [
	'flow', 'payload', 'link', 'acts', 'report', 'laboratory', 'help', 'filter', 'address', 'lessons',
] as const;
export type LookedOverlay = (typeof lookedOverlays)[number];

/** The person looks at a pane so. */
type ViewCondition = {
	readonly type: 'view';
	readonly view: LookedView;
	/** Without one, of any scene. */
	readonly scene: LessonSceneName | undefined;
	readonly pane: Actor | undefined;
	/** The language of a program that is shown: `python`, `javascript`, `c`. */
	readonly language: string | undefined;
	readonly isFocused: boolean;
};

/** The person looks at this. */
type OverlayCondition = {readonly type: 'overlay'; readonly overlay: LookedOverlay};

/** All steps of an experiment are done; `outcome` is that of its view. */
type ExperimentCondition = {
	readonly type: 'experiment';
	readonly experiment: string;
	readonly outcome: string | undefined;
};
