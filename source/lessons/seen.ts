/* What conditions are held against: an event as a person sees it, and how the scenes and the screen stand. */
import type {Amendment} from '../log/amendment.ts';
import type {Address, SocketEvent} from '../log/event.ts';
import type {LinkConditions} from '../link/conditions.ts';
import type {LinkDirection} from '../link/random.ts';
import type {
	Actor, LessonSceneName, LookedOverlay, LookedView,
} from './lesson.ts';

/** An event, and whose it is. */
export type SeenEvent = {
	readonly event: SocketEvent;
	readonly scene: LessonSceneName;
	/** The client's number; undefined for the server. */
	readonly client: number | undefined;
	/** Where its socket is bound, as far as that is known. */
	readonly local: Address | undefined;
	/** Milliseconds since the epoch. */
	readonly wallTime: number;
	/** What became known of it, where it has happened before. */
	readonly became: Amendment['type'] | undefined;
};

export type SceneFacts = {
	readonly server: 'open' | 'opening' | 'closed' | 'failed' | 'none';
	/** Where clients of this machine reach the server; undefined while it has no port. */
	readonly local: Address | undefined;
	readonly clients: number;
	/** Clients that are bound or connected. */
	readonly openClients: number;
	/** TCP connections, or UDP addresses that were heard from. */
	readonly connections: number;
	readonly rule: string;
	readonly closeAfterReply: boolean;
	readonly seed: number;
	readonly link: Readonly<Record<LinkDirection, LinkConditions>>;
};

export type LookFacts = {
	readonly scenes: readonly LessonSceneName[];
	readonly panes: ReadonlyArray<{
		readonly scene: LessonSceneName;
		/** The client's number; undefined for the server. */
		readonly client: number | undefined;
		readonly view: LookedView;
		readonly language: string | undefined;
		readonly isFocused: boolean;
	}>;
	readonly overlays: readonly LookedOverlay[];
};

/** How everything stands that is no event. */
export type LessonFacts = {
	readonly scenes: Readonly<Partial<Record<LessonSceneName, SceneFacts>>>;
	readonly experiment: {readonly name: string; readonly outcome: string | undefined} | undefined;
	readonly look: LookFacts;
};

/** Whether an event, or a pane, is an actor's. `socket` is the event's, 0 for the pane's own. */
export function isActor({role, number}: Actor, client: number | undefined, socket = 0): boolean {
	if (role === 'client') {
		return client !== undefined && (number === undefined || client === number);
	}

	const isOwn = {server: true, welcoming: socket === 0, connection: socket > 0}[role];
	return client === undefined && isOwn && (role !== 'connection' || number === undefined || socket === number);
}
