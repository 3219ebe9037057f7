import type {Command} from '../source/engine/api/command.ts';
import type {SceneView} from '../source/engine/api/scene-view.ts';
import {perfect} from '../source/link/conditions.ts';
import {Playground} from '../source/engine/playground.ts';
import {Counter} from './counter.ts';
import type {Half} from './half.ts';
import type {Scenes} from './views.ts';

/** A command that has not been answered after so long never will be, in milliseconds. */
const timeout = 20_000;

/** A playground in this process, small enough that its limits are reached within seconds, and what it was asked to do. */
export class EngineRoom {
	readonly playground: Playground;
	/** Commands by type, and refusals by reason. */
	readonly commands = new Counter();
	readonly refusals = new Counter();
	readonly #half: Half;
	readonly #pending = new Set<{readonly type: Command['type']; readonly since: number}>();

	constructor(half: Half) {
		this.#half = half;
		this.playground = new Playground({
			host: '127.0.0.1',
			port: 0,
			reply: 'uppercase',
			closeAfterReply: false,
			clients: 3,
			link: perfect,
			seed: half.job.seed,
			limits: {
				connections: 24, waitingBytes: 256 * 1024, peers: 32, linkDatagrams: 2048, linkBytes: 1024 * 1024, events: 16_384, logBytes: 2 * 1024 * 1024,
			},
		});
	}

	/** Commands that have not been answered. */
	get pending(): number {
		return this.#pending.size;
	}

	/** Their types. */
	get pendingTypes(): string[] {
		return [...this.#pending].map(({type}) => type);
	}

	/** Do something; that it is refused is all right, that it throws, or is never answered, is not. */
	async execute(command: Command): Promise<void> {
		const {type} = command;
		const entry = {type, since: performance.now()};
		this.commands.add(type);
		this.#pending.add(entry);
		try {
			const {refusal} = await this.playground.execute(command);
			if (refusal) {
				this.refusals.add(refusal.reason);
			}
		} catch (error) {
			this.#half.violation(`the command ${type} threw`, error instanceof Error ? error.stack ?? error.message : String(error));
		} finally {
			this.#pending.delete(entry);
		}
	}

	/** Say which commands have waited too long for their answers. */
	checkPending(longest = timeout): void {
		for (const entry of this.#pending) {
			if (performance.now() - entry.since > longest) {
				this.#half.violation('a command was never answered', `${entry.type}, for ${longest / 1000} s`);
				this.#pending.delete(entry);
			}
		}
	}

	/** How the scenes stand. */
	get scenes(): Scenes {
		return {udp: this.#scene('udp')!, tcp: this.#scene('tcp')!, laboratory: this.#scene('laboratory')};
	}

	#scene(scene: 'udp' | 'tcp' | 'laboratory'): SceneView | undefined {
		const view = this.playground.view({type: 'scene', scene, peers: 50});
		return view?.type === 'scene' ? view : undefined;
	}
}
