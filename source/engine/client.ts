import module from 'node:module';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {Worker} from 'node:worker_threads';
import {asError} from '../text/as-error.ts';
import type {FromEngine, ToEngine, Views} from './api/messages.ts';
import type {Command, CommandAnswer, PlaygroundOptions} from './api/command.ts';
import type {Query} from './api/query.ts';
import type {View} from './api/view.ts';

/** A command on its way to the engine: its number, from 1 and growing, and the answer that it will get. */
export type SentCommand = {readonly id: number; readonly answer: Promise<CommandAnswer>};

/** How long close() waits for the sockets before it ends the thread, in milliseconds. */
const closingTime = 5000;

/** How long it then waits for the thread, which cannot end while the system looks up a name for it (getaddrinfo(3)). */
const endingTime = 500;

/** Both are waited for in steps of this many milliseconds: while this process stands still, one of them passes. */
const timeStep = 50;

async function waitInSteps(milliseconds: number): Promise<void> {
	for (let waited = 0; waited < milliseconds; waited += timeStep) {
		await wait(timeStep, undefined, {ref: false}); // eslint-disable-line no-await-in-loop -- One after the other.
	}
}

/**
The limit of the thread's young generation, in MiB. V8 makes two semi-spaces of a third of it each, 4 MiB, and leaves
the rest to large objects; its default is 64 MiB of semi-spaces, all of which stays resident.
*/
const youngGeneration = 12;

/** How V8 collects in this process, both threads of it. Each is a flag of Node's from version 22 on. */
export const collectionFlags = [
	// The initial semi-space, in MiB, which V8 reads when a thread starts: a smaller one means collections at start.
	'--min-semi-space-size=4',
	// Little survives a collection of young objects. Threads that share it wait for each other where every processor
	// is busy with sockets.
	'--no-parallel-scavenge',
	// Memory of what was read is freed by the thread that reads: another one would take a processor from it.
	'--no-concurrent-array-buffer-sweeping',
];

/** The screen's end of the message channel to the engine, which runs on a thread of its own. */
export class EngineClient {
	/** Called with the answers to the open queries, in their order. */
	onViews: (views: Views) => void = () => undefined;
	/** Called once for each error that a subscriber in the engine has thrown. */
	onFault: (message: string) => void = () => undefined;
	readonly #worker: Worker;
	/** What commands, and queries that are asked once, wait for: by their numbers. */
	readonly #pending = new Map<number, PromiseWithResolvers<CommandAnswer>>();
	readonly #pendingReads = new Map<number, PromiseWithResolvers<View | undefined>>();
	#lastId = 0;
	#death: Error | undefined;
	#onDeath: (error: Error) => void = () => undefined;
	/** Why nothing is answered from now on: the thread has died, or was closed. */
	#end: Error | undefined;
	#closing: Promise<boolean> | undefined;
	/** The thread has closed its sockets. */
	readonly #closed = Promise.withResolvers<void>();

	/** Start the thread, which keeps no process alive before it has options. @param entry - the module it runs */
	constructor(entry = new URL('engine.js', import.meta.url)) {
		for (const flag of collectionFlags) {
			setFlagsFromString(flag);
		}

		// A thread does not inherit the cache of compiled code that the program has switched on.
		// Node before 22.8 has no such cache.
		const cache = (module as Partial<typeof module>).getCompileCacheDir?.();
		this.#worker = new Worker(entry, {
			env: cache === undefined ? process.env : {...process.env, NODE_COMPILE_CACHE: path.dirname(cache)},
			resourceLimits: {maxYoungGenerationSizeMb: youngGeneration},
			// A socket closes the descriptor that it was made from: Node would warn when that is opened again.
			trackUnmanagedFds: false,
			// What Node, or a module with reply rules, writes there would be in the middle of the screen.
			stdout: true,
			stderr: true,
		});
		this.#worker.on('error', error => {
			this.#die(asError(error));
		});
		this.#worker.on('exit', code => {
			this.#die(new Error(this.#closing ? 'The engine was closed' : `The engine's thread ended with code ${code}`));
		});
		this.#worker.on('message', (message: FromEngine) => {
			this.#hear(message);
		});
		this.#worker.unref();
	}

	/** Make the playground. To be called once, before anything is asked or told. */
	start(options: PlaygroundOptions): void {
		this.#worker.ref();
		this.#worker.stdout.resume();
		this.#worker.stderr.resume();
		this.#worker.postMessage(options);
	}

	/** Called once, with the cause, when the thread has died: at once where it has already. */
	get onDeath(): (error: Error) => void {
		return this.#onDeath;
	}

	set onDeath(onDeath: (error: Error) => void) {
		this.#onDeath = onDeath;
		if (this.#death) {
			onDeath(this.#death);
		}
	}

	get death(): Error | undefined {
		return this.#death;
	}

	/** Send a command; rejected where the thread is dead. Views show it from `lastCommand` being its number on. */
	execute(command: Command): SentCommand {
		const id = ++this.#lastId;
		const answer = this.#pend(this.#pending, id);
		// Who does not want the answer need not hear either that there is none.
		answer.catch(() => undefined);
		this.#tell({type: 'command', id, command});
		return {id, answer};
	}

	/** Ask a query once: undefined for a pane that was removed; rejected where the thread has died or was closed. */
	async read(query: Query): Promise<View | undefined> {
		const id = ++this.#lastId;
		const answer = this.#pend(this.#pendingReads, id);
		this.#tell({type: 'read', id, query});
		return answer;
	}

	/** Replace the open queries; also says that the last answers have been drawn. */
	ask(queries: readonly Query[]): void {
		this.#tell({type: 'ask', queries});
	}

	/** Close every socket and end the thread. @returns whether it has ended: looking up a name may keep it */
	async close(): Promise<boolean> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	async #pend<Answer>(pending: Map<number, PromiseWithResolvers<Answer>>, id: number): Promise<Answer> {
		if (this.#end) {
			throw new Error(this.#end.message, {cause: this.#end});
		}

		const answer = Promise.withResolvers<Answer>();
		pending.set(id, answer);
		return answer.promise;
	}

	async #close(): Promise<boolean> {
		if (this.#end) {
			return true;
		}

		// The thread keeps this process alive as long as it does not end.
		// Not once() of node:events, which rejects where the thread throws meanwhile.
		const {promise: exited, resolve} = Promise.withResolvers<number>();
		this.#worker.once('exit', resolve);
		this.#tell({type: 'close'});
		await Promise.race([
			exited,
			this.#closed.promise.then(async () => waitInSteps(endingTime)),
			waitInSteps(closingTime),
		]);
		const hasEnded = await Promise.race([
			this.#worker.terminate().then(() => true),
			waitInSteps(endingTime).then(() => false),
		]);
		this.#endWith(new Error('The engine was closed'));
		return hasEnded;
	}

	#tell(message: ToEngine): void {
		this.#worker.postMessage(message);
	}

	#hear(message: FromEngine): void {
		switch (message.type) {
			case 'answer': {
				this.#pending.get(message.id)?.resolve(message.answer);
				this.#pending.delete(message.id);
				break;
			}

			case 'view': {
				this.#pendingReads.get(message.id)?.resolve(message.view);
				this.#pendingReads.delete(message.id);
				break;
			}

			case 'views': {
				this.onViews(message);
				break;
			}

			case 'fault': {
				this.onFault(message.message);
				break;
			}

			case 'closed': {
				this.#closed.resolve();
				break;
			}

			default: {
				message satisfies never;
			}
		}
	}

	#die(error: Error): void {
		if (!this.#end && !this.#closing) {
			this.#death = error;
			this.#onDeath(error);
		}

		this.#endWith(error);
	}

	#endWith(error: Error): void {
		this.#end ??= error;
		for (const {reject} of [...this.#pending.values(), ...this.#pendingReads.values()]) {
			reject(new Error(this.#end.message, {cause: this.#end}));
		}

		this.#pending.clear();
		this.#pendingReads.clear();
	}
}
