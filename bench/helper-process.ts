import {type ChildProcess, fork, type Serializable} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';

/** A process of the bench's own, which does one job after the other and ends with this one. */
export class HelperProcess<Job extends Serializable, Answer> {
	readonly #child: ChildProcess;

	/** @param script - a module of this folder that calls serveJobs() */
	constructor(script: string) {
		const environment = {...process.env};
		delete environment.NODE_OPTIONS;
		this.#child = fork(path.join(import.meta.dirname, script), [], {execArgv: [], env: environment});
	}

	/** Have a job done. */
	async do(job: Job): Promise<Answer> {
		const answer = once(this.#child, 'message');
		const exit = new AbortController();
		const gone = once(this.#child, 'exit', {signal: exit.signal}).then(() => {
			throw new Error('A process of the bench died');
		});
		this.#child.send(job);
		try {
			const [{failure, result}] = await Promise.race([answer, gone]) as [{failure?: string; result: Answer}];
			if (failure !== undefined) {
				throw new Error(failure);
			}

			return result;
		} finally {
			exit.abort();
			gone.catch(() => undefined);
		}
	}

	close(): void {
		this.#child.kill('SIGKILL');
	}
}

/** The other end: do each job that comes, and end when the bench does. */
export function serveJobs<Job, Answer>(perform: (job: Job) => Promise<Answer>): void {
	process.on('disconnect', () => {
		process.exit();
	});
	const answer = async (job: Job): Promise<void> => {
		try {
			process.send!({result: await perform(job)});
		} catch (error) {
			process.send!({failure: String(error)});
		}
	};

	process.on('message', (job: Job) => {
		void answer(job);
	});
}
