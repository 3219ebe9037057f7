import type {EventType, SocketEvent} from '../../source/log/event.ts';
import type {EventLog} from '../../source/log/event-log.ts';
import {Lookout} from './in-time.ts';

type EventOf<Type extends EventType> = Extract<SocketEvent, {type: Type}>;

/** Waits for events: looks at the whole log whenever something was appended to it, or `look()` was called. */
export class EventWatch {
	readonly #log: EventLog;
	readonly #lookout = new Lookout();

	constructor(log: EventLog) {
		this.#log = log;
		log.watch(() => {
			this.look();
		});
	}

	/** Every event that the log holds. */
	get events(): SocketEvent[] {
		return Array.from({length: this.#log.next - this.#log.first}, (_, index) =>
			this.#log.read(this.#log.first + index));
	}

	get types(): EventType[] {
		return this.events.map(({type}) => type);
	}

	/** All events of a type that the log holds. */
	all<Type extends EventType>(type: Type): Array<EventOf<Type>> {
		return this.events.filter((event): event is EventOf<Type> => event.type === type);
	}

	/** The first event of this type that fits, which may have happened already. */
	async happened<Type extends EventType>(
		type: Type,
		fits: (event: EventOf<Type>) => boolean = () => true,
	): Promise<EventOf<Type>> {
		return this.until(() => this.all(type).find(event => fits(event)), type);
	}

	/** The payload of the first event of this type, as text. */
	async textOf(type: 'chunk-received' | 'datagram-received'): Promise<string> {
		const {bytes} = await this.happened(type);
		return Buffer.from(bytes).toString();
	}

	/** Why the first event of this type happened. */
	async codeOf(type: 'bind-failed' | 'listen-failed' | 'send-failed' | 'connect-failed'): Promise<string> {
		const {failure} = await this.happened(type);
		return failure.code;
	}

	/** Wait for this many events of this type; those that have happened already count. */
	async happenedTimes<Type extends EventType>(type: Type, times: number): Promise<Array<EventOf<Type>>> {
		return this.until(() => {
			const all = this.all(type);
			return all.length >= times ? all : undefined;
		}, `${times} times ${type}`);
	}

	/** What this returns once it is neither undefined nor false. */
	async until<Value>(find: () => Value | false | undefined, name: string): Promise<Value> {
		return this.#lookout.until(find, () => `${name}, among ${this.types.slice(-40).join(', ')}`);
	}

	/** Look again: something changed that is no event. */
	look(): void {
		this.#lookout.look();
	}
}
