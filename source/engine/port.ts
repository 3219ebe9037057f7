import type {MessagePort} from 'node:worker_threads';
import type {CommandAnswer, PlaygroundOptions} from './api/command.ts';
import type {FromEngine, ToEngine} from './api/messages.ts';
import type {Query} from './api/query.ts';
import type {View} from './api/view.ts';
import {defaultTimes} from './laboratory/experiment-context.ts';
import {Playground} from './playground.ts';
import {placeOf} from './queries.ts';
import {QueryServer} from './query-server.ts';

/** Faults that are told: one whose message is another each time must not fill the channel. */
const maxFaults = 100;

/** How long a checked program may take to end, in milliseconds: the thread has some seconds (EngineClient). */
const killTime = 600;

type Views = ReadonlyArray<View | undefined>;

/**
A playground behind a message channel. A fault in what it does for the other side costs an answer, never the thread: the
command is refused, the view has failed, and any other fault is told once.
*/
export class EnginePort {
	readonly playground: Playground;
	/** Called once, when the first queries have been answered. */
	onFirstViews: (() => void) | undefined;
	readonly #port: MessagePort;
	readonly #queryServer: QueryServer;
	readonly #faults = new Set<string>();
	#lastCommand = 0;

	constructor(port: MessagePort, options: PlaygroundOptions) {
		this.#port = port;
		this.playground = new Playground(options, defaultTimes, error => {
			this.tellFault(error);
		});
		this.#queryServer = new QueryServer(this.playground, (views, queries) => {
			this.#tellViews(views, queries);
		});
		port.on('message', (message: ToEngine) => {
			this.#hear(message);
		});
	}

	tellFault(error: unknown): void {
		const message = String(error);
		if (!this.#faults.has(message) && this.#faults.size < maxFaults) {
			this.#faults.add(message);
			this.#tell({type: 'fault', message});
		}
	}

	#hear(message: ToEngine): void {
		switch (message.type) {
			case 'command': {
				void this.#execute(message);
				break;
			}

			case 'read': {
				this.#read(message);
				break;
			}

			case 'ask': {
				this.#queryServer.ask(message.queries);
				break;
			}

			case 'close': {
				void this.#close();
				break;
			}

			default: {
				message satisfies never;
			}
		}
	}

	async #execute({id, command}: Extract<ToEngine, {type: 'command'}>): Promise<void> {
		this.#lastCommand = id;
		const tell = (answer: CommandAnswer): void => {
			this.#tell({type: 'answer', id, answer});
		};

		try {
			tell(await this.playground.execute(command));
		} catch (error) {
			tell({refusal: {reason: 'fault', message: String(error)}});
		}
	}

	#read({id, query}: Extract<ToEngine, {type: 'read'}>): void {
		try {
			this.#tell({type: 'view', id, view: this.playground.view(query)});
		} catch (error) {
			this.#tell({type: 'view', id, view: {type: 'failed', place: placeOf(query), message: String(error)}});
		}
	}

	async #close(): Promise<void> {
		const timer = setTimeout(() => {
			this.playground.kill();
		}, killTime);
		try {
			await this.playground.close();
		} catch (error) {
			this.tellFault(error);
		}

		clearTimeout(timer);

		this.#tell({type: 'closed'});
		this.#port.close();
	}

	#tellViews(views: Views, queries: readonly Query[]): void {
		const lastCommand = this.#lastCommand;
		try {
			this.#tell({type: 'views', views, lastCommand});
		} catch {
			// One of them cannot be cloned: the others are answers all the same.
			this.#tell({type: 'views', views: queries.map((query, index) => cloneable(views[index], query)), lastCommand});
		}

		this.onFirstViews?.();
		this.onFirstViews = undefined;
	}

	#tell(message: FromEngine): void {
		this.#port.postMessage(message);
	}
}

function cloneable(view: View | undefined, query: Query): View | undefined {
	try {
		return structuredClone(view);
	} catch (error) {
		return {type: 'failed', place: placeOf(query), message: String(error)};
	}
}
