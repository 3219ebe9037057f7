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
		return this.eventsFrom(this.#log.first);
	}

	/** Those that the log holds from this sequence number on. */
	eventsFrom(sequence: number): SocketEvent[] {
		return this.#sequences(sequence).map(each => this.#log.read(each));
	}

	get types(): EventType[] {
		return this.#sequences().map(each => this.#typeOf(each));
	}

	/** All events of a type that the log holds. The payloads of others, which can be large, are not read. */
	all<Type extends EventType>(type: Type): Array<EventOf<Type>> {
		return this.#sequences()
			.filter(each => this.#typeOf(each) === type)
			.map(each => this.#log.read(each) as EventOf<Type>);
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

	#sequences(from = this.#log.first): number[] {
		const first = Math.max(from, this.#log.first);
		return Array.from({length: Math.max(0, this.#log.next - first)}, (_, index) => first + index);
	}

	#typeOf(sequence: number): EventType {
		return this.#log.read(sequence, 0).type;
	}
}
