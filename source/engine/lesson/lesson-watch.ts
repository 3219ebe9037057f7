import type {LogEntry} from '../../log/amendment.ts';
import type {Address, PaneId, SocketEvent} from '../../log/event.ts';
import {kindOf} from '../../log/event-kinds.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {EntrySubscription} from '../../log/subscriptions.ts';
import {eventsOf} from '../../lessons/bound-names.ts';
import type {Lesson, LessonSceneName} from '../../lessons/lesson.ts';
import type {SeenEvent} from '../../lessons/seen.ts';
import {ClientPane} from '../scene/panes/client-pane.ts';
import type {Scenes} from '../scene/scenes.ts';

/** What a watch is made with: who hears of each event that the lesson has conditions on. */
type LessonWatchOptions = {
	readonly lesson: Lesson;
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly onSeen: (seen: SeenEvent) => void;
	/** An event with which a scene may stand otherwise. */
	readonly onState: () => void;
};

type Owner = {readonly scene: LessonSceneName; readonly client: number | undefined};

/** Follows the log for a lesson: whose each event is, and where its socket is bound. */
export class LessonWatch {
	readonly #options: LessonWatchOptions;
	readonly #subscription: EntrySubscription;
	/** The kinds of events that the lesson has conditions on. */
	readonly #wanted: ReadonlySet<string>;
	readonly #wantsAmendments: boolean;
	/** Panes that were removed are remembered: they have their last events afterwards. */
	readonly #owners = new Map<PaneId, Owner>();
	/** Where each socket is bound, by its track. */
	readonly #locals = new Map<number, Address>();
	/** The tracks of the panes' sockets that were opened last, for amendments. */
	readonly #tracks = new Map<string, number>();

	constructor(options: LessonWatchOptions) {
		const {lesson, log} = options;
		this.#options = options;
		const conditions = eventsOf(lesson);
		this.#wanted = new Set(conditions.flatMap(({kinds}) => kinds));
		this.#wantsAmendments = conditions.some(({became}) => became !== undefined);
		this.#subscription = log.subscribe({
			payload: 'whole',
			onEntry: entry => {
				this.#take(entry);
			},
		});
	}

	/** Follow the log no longer. */
	close(): void {
		this.#subscription.close();
	}

	/** Forget the panes of scenes that others have taken the place of. */
	forget(): void {
		this.#owners.clear();
	}

	#take(entry: LogEntry): void {
		if (entry.type === 'event') {
			this.#takeEvent(entry.event, entry.trackId);
		} else if (entry.type === 'amendment' && this.#wantsAmendments) {
			const {log} = this.#options;
			const {sequence, type} = entry.amendment;
			if (sequence >= log.first && sequence < log.next) {
				const event = log.read(sequence);
				this.#tell(event, this.#tracks.get(socketOf(event)), type);
			}
		}
	}

	#takeEvent(event: SocketEvent, trackId: number): void {
		const {data, tone, stage} = kindOf(event.type);
		// What is sent and received changes nothing else.
		if (!data) {
			this.#tracks.set(socketOf(event), trackId);
			this.#options.onState();
			if ('local' in event && event.local && tone !== 'error') {
				this.#locals.set(trackId, event.local);
			}
		}

		if (this.#wanted.has(event.type)) {
			this.#tell(event, trackId, undefined);
		}

		if (stage === 'closed') {
			this.#locals.delete(trackId);
			this.#tracks.delete(socketOf(event));
		}
	}

	#tell(event: SocketEvent, trackId: number | undefined, became: SeenEvent['became']): void {
		const owner = this.#ownerOf(event.pane);
		if (owner) {
			const {log, onSeen} = this.#options;
			onSeen({
				event,
				...owner,
				local: trackId === undefined ? undefined : this.#locals.get(trackId),
				wallTime: log.wallTime(event.time),
				became,
			});
		}
	}

	#ownerOf(pane: PaneId): Owner | undefined {
		const known = this.#owners.get(pane);
		if (known) {
			return known;
		}

		const found = this.#options.scenes.paneOf(pane);
		const owner = found && {
			scene: found.scene.name,
			client: found.pane instanceof ClientPane ? found.pane.number : undefined,
		};
		if (owner) {
			this.#owners.set(pane, owner);
		}

		return owner;
	}
}

function socketOf({pane, socket}: SocketEvent): string {
	return `${pane} ${socket}`;
}
