import type {ChildProcess} from 'node:child_process';
import {setTimeout as wait} from 'node:timers/promises';
import type {Address} from '../../../log/event.ts';
import type {KernelSocket} from '../../../sockets/kernel/kernel-socket.ts';
import {KernelTables} from '../../../sockets/kernel/kernel-tables.ts';
import {
	descendantsOf, inodesOfProcesses, processesOf, processorTimeOf, type ProgramMark, socketsOfProcesses, threadTimesOf,
} from '../../../sockets/kernel/process-sockets.ts';
import type {OutputPart, ProgramView} from '../../api/exercise.ts';
import type {ProgramEnd} from '../../api/mistake.ts';
import {ProcessorWait} from './processor-wait.ts';
import {type SpawnedProgram, spawnProgram} from './spawn-program.ts';

/** How much of what a program writes is kept: the newest bytes. */
const keptOutput = 16 * 1024;

/** How long a program may take to end after SIGTERM, in milliseconds; then SIGKILL ends it. */
const graceTime = 500;

/** After this time what does not end is left: the system cannot end it either, such as a process in state D. */
const longestEnd = 5000;

/**
How often it is looked whether the last process has ended, in milliseconds. The system tells that only to the parent of
a process (waitpid(2)), which of those that the program has started is another one.
*/
const endInterval = 20;

/** A learner's program, from its start until all its processes have ended. */
export class LearnerProgram {
	readonly view: () => ProgramView;
	readonly #child: ChildProcess;
	readonly #pid: number;
	readonly #mark: ProgramMark;
	readonly #output: OutputPart[] = [];
	#outputBytes = 0;
	#outputBefore = 0;
	#end: ProgramEnd | undefined;
	readonly #ended = Promise.withResolvers<void>();
	#isStopped = false;
	#isSilent = false;

	static async start(
		command: readonly [string, ...string[]],
		address: Address,
		onChange: () => void,
	): Promise<LearnerProgram> {
		return new LearnerProgram(await spawnProgram(command, address), onChange);
	}

	private constructor({child, mark, command}: SpawnedProgram, onChange: () => void) {
		this.#child = child;
		this.#pid = mark.leader;
		this.#mark = mark;
		this.view = () => ({
			pid: this.#pid, command, end: this.end, output: [...this.#output], outputBefore: this.#outputBefore,
		});
		for (const stream of ['stdout', 'stderr'] as const) {
			child[stream]!.on('data', (bytes: Uint8Array) => {
				this.#wrote({stream, bytes: Uint8Array.from(bytes)});
				onChange();
			});
		}

		// A program need not read what it is given.
		child.stdin!.on('error', () => {
			child.stdin!.destroy();
		});
		child.on('error', () => {
			onChange();
		});
		child.on('exit', (code, signal) => {
			this.#end = {code: code ?? undefined, signal: signal ?? undefined};
			this.#ended.resolve();
			// Its last output may come after this.
			setImmediate(onChange);
		});
		child.on('close', () => {
			this.#isSilent = true;
			onChange();
		});
	}

	/** How it ended by itself; undefined while it runs, and where it was ended. */
	get end(): ProgramEnd | undefined {
		return this.#isStopped ? undefined : this.#end;
	}

	/** Whether all that has its output has closed that. */
	get isSilent(): boolean {
		return this.#isSilent;
	}

	/** What it has written, as far as it is kept. */
	textOf(stream: OutputPart['stream']): string {
		return Buffer.concat(this.#output.filter(part => part.stream === stream).map(({bytes}) => bytes)).toString();
	}

	/** Type these lines for it, and end its standard input behind the last of them. */
	type(lines: readonly string[], isLast = false): void {
		const {stdin} = this.#child;
		for (const line of lines) {
			stdin!.write(`${line}\n`);
		}

		if (isLast) {
			stdin!.end();
		}
	}

	/** The sockets that it and what it has started have open; undefined where the system does not tell. */
	sockets(): KernelSocket[] | undefined {
		// Where the program has left its work to another one, and has ended, only a search finds that.
		return socketsOfProcesses(this.#end ? processesOf(this.#mark) : descendantsOf(this.#pid));
	}

	/** Another text where other sockets are open: quicker to be told than these are. */
	openSockets(): string {
		return [...inodesOfProcesses(descendantsOf(this.#pid))].join(' ');
	}

	/** The processor time that it and what it has started have used, in milliseconds; 0 where that is not known. */
	processorTime(): number {
		return processorTimeOf(descendantsOf(this.#pid));
	}

	/** Measure how long it is kept waiting for a processor from now on. */
	waitForProcessor(): ProcessorWait {
		return new ProcessorWait(() => threadTimesOf(this.#end ? [] : descendantsOf(this.#pid)));
	}

	/** End it and everything that it has started, and wait until that is done. May be called twice. */
	async stop(): Promise<void> {
		this.#isStopped ||= this.#end === undefined;
		this.#signal('SIGTERM');
		const from = performance.now();
		for (let waited = 0; this.#isAlive() && waited < longestEnd; waited = performance.now() - from) {
			if (waited > graceTime) {
				this.#signal('SIGKILL');
			}

			await (this.#end // eslint-disable-line no-await-in-loop -- Until all have ended.
				? wait(endInterval)
				: Promise.race([
					this.#ended.promise, wait(Math.max(endInterval, graceTime - waited), undefined, {ref: false}),
				]));
		}

		this.#child.stdin!.destroy();
		this.#child.stdout!.destroy();
		this.#child.stderr!.destroy();
	}

	/**
	End it at once, as this process is about to end itself: blocks until that is done, for half a second at most. While
	it blocks no event comes.
	*/
	kill(): void {
		const pause = new Int32Array(new SharedArrayBuffer(4));
		for (let looks = 0; looks < graceTime / endInterval; looks++) {
			this.#signal('SIGKILL');
			if (!KernelTables.isAvailable || processesOf(this.#mark).length === 0) {
				return;
			}

			Atomics.wait(pause, 0, 0, endInterval);
		}
	}

	#isAlive(): boolean {
		return this.#end === undefined || processesOf(this.#mark).some(pid => pid !== this.#pid);
	}

	#signal(signal: NodeJS.Signals): void {
		if (this.#end === undefined) {
			send(-this.#pid, signal);
		}

		for (const pid of processesOf(this.#mark)) {
			if (pid !== this.#pid) {
				send(pid, signal);
			}
		}
	}

	#wrote(part: OutputPart): void {
		this.#output.push(part);
		this.#outputBytes += part.bytes.length;
		while (this.#outputBytes > keptOutput && this.#output.length > 1) {
			const length = this.#output.shift()?.bytes.length ?? 0;
			this.#outputBytes -= length;
			this.#outputBefore += length;
		}
	}
}

function send(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It has ended meanwhile.
	}
}
