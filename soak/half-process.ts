import {type ChildProcess, fork} from 'node:child_process';
import path from 'node:path';
import type {Figure, FromHalf, HalfJob} from './half-job.ts';
import type {HalfName} from './settings.ts';

/** A half of the soak in a process of its own, seen from the one that has begun it. */
export class HalfProcess {
	readonly name: HalfName;
	/** What it does now. */
	doing = 'starting';
	/** What it has found, as lines. */
	readonly violations: string[] = [];
	readonly tables: Array<{readonly title: string; readonly figures: readonly Figure[]}> = [];
	/** Settles when the process is gone. */
	readonly gone: Promise<void>;
	readonly #child: ChildProcess;
	#isGone = false;

	/** @param onViolation - hears of each at once */
	constructor(name: HalfName, job: HalfJob, onViolation: (text: string) => void) {
		this.name = name;
		const environment = {...process.env};
		delete environment.NODE_OPTIONS;
		this.#child = fork(path.join(import.meta.dirname, `${name}-half.ts`), [JSON.stringify(job)], {execArgv: ['--expose-gc'], env: environment});
		const violation = (text: string): void => {
			this.violations.push(text);
			onViolation(text);
		};

		this.#child.on('message', (message: FromHalf) => {
			switch (message.type) {
				case 'doing': {
					this.doing = message.what;
					break;
				}

				case 'violation': {
					violation(`${name} after ${message.at.toFixed(1)} s: ${message.text}`);
					break;
				}

				case 'figures': {
					this.tables.push(message);
					break;
				}

				default: {
					message satisfies never;
				}
			}
		});
		this.gone = new Promise(resolve => {
			this.#child.on('exit', (code, signal) => {
				this.#isGone = true;
				if (code !== 0) {
					violation(`${name}: the process ended with ${code === null ? `signal ${signal}` : `code ${code}`} while ${this.doing}`);
				}

				resolve();
			});
		});
	}

	get isGone(): boolean {
		return this.#isGone;
	}

	kill(): void {
		this.#child.kill('SIGKILL');
	}
}
