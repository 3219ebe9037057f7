import {Answers} from './answers.ts';
import {ClientPane} from './client-pane.ts';
import type {View} from './door.ts';
import type {
	Command, CommandAnswer, PlaygroundOptions, Refusal,
} from './door/command.ts';
import type {Question} from './door/question.ts';
import {EventLog} from './events/event-log.ts';
import {executeOnLog, type LogCommand} from './execute-on-log.ts';
import {executeOnServer} from './execute-on-server.ts';
import {Scenes} from './scenes.ts';
import {isOwnHost} from './sockets/addresses.ts';
import {defaultLimits} from './sockets/limits.ts';

/** By so many milliseconds the log's clock may differ from the wall clock. */
const mostDrift = 1000;

let origin = performance.timeOrigin;

/** Milliseconds since the epoch, finer than Date. */
function now(): number {
	return origin + performance.now();
}

/** Follow the wall clock where it has been set anew, or has gone on while the machine slept. */
function followWallClock(): void {
	const drift = Date.now() - now();
	if (Math.abs(drift) > mostDrift) {
		origin += drift;
	}
}

/** Owns the sockets and the log, carries out commands and answers questions. It knows no screen. */
export class Playground {
	/** The one record of what happened. */
	readonly log: EventLog;
	/** Called after every event, and after every other change that a view can show. */
	onChange: () => void = () => undefined;
	readonly #scenes: Scenes;
	readonly #answers: Answers;
	#changes = 0;

	constructor(options: PlaygroundOptions) {
		const limits = {...defaultLimits, ...options.limits};
		this.log = new EventLog({
			events: limits.events, bytes: limits.logBytes, clock: now, isOwnHost,
		});
		this.#scenes = new Scenes({
			playground: options,
			limits,
			log: this.log,
			onChange: () => {
				this.#changed();
			},
		});
		this.#answers = new Answers({
			log: this.log,
			scenes: this.#scenes,
			clientLimit: limits.clients,
			onChange: () => {
				this.onChange();
			},
		});
		this.log.onAppend = () => {
			this.onChange();
		};
	}

	/** These questions are open from now on. */
	open(questions: readonly Question[]): void {
		this.#answers.open(questions);
	}

	/** Something that is the same for as long as a question would be answered the same. */
	revisionOf(question: Question): string {
		// What a log has is told by its events alone.
		const changes = question.type === 'rows' || question.type === 'payload' ? '' : this.#changes;
		return `${this.#answers.revisionOf(question)} ${changes}`;
	}

	/** Carry out a command. Settles when it is done: a socket bound, connected or closed, a file written, or the attempt failed. */
	async execute(command: Command): Promise<CommandAnswer> {
		if (command.type === 'save' || command.type === 'read-payload') {
			return executeOnLog(command, this.log, this.#scenes);
		}

		const done = this.#execute(command);
		this.#changed();
		return {refusal: await done};
	}

	/** Answer a question as things stand now; undefined for a pane that is no more. */
	view(question: Question): View | undefined {
		followWallClock();
		return this.#answers.view(question);
	}

	/** Close every socket. May be called twice. */
	async close(): Promise<void> {
		this.#answers.close();
		await this.#scenes.close();
	}

	#execute(command: Exclude<Command, LogCommand>): Promise<Refusal | undefined> | Refusal | undefined {
		switch (command.type) {
			case 'open-scene': {
				return this.#scenes.of(command.protocol).open().then(() => undefined);
			}

			case 'open-client': {
				return this.#scenes.of(command.protocol).openClient();
			}

			case 'open-server':
			case 'stop-server':
			case 'move-server':
			case 'set-rule':
			case 'choose-peer':
			case 'send-from-server': {
				const {server} = this.#scenes.of(command.protocol);
				return server ? executeOnServer(server, command) : {reason: 'no-server'};
			}

			case 'set-close-after-reply': {
				const {server} = this.#scenes.of('tcp');
				server?.setCloseAfterReply(command.closeAfterReply);
				return server ? undefined : {reason: 'no-server'};
			}

			case 'half-close-connection':
			case 'close-connection': {
				return this.#executeOnConnection(command);
			}

			case 'remove-client':
			case 'reopen-client':
			case 'close-client':
			case 'half-close-client':
			case 'set-destination':
			case 'send': {
				return this.#executeOnClient(command);
			}

			default: {
				return command satisfies never;
			}
		}
	}

	#executeOnConnection({type, connection: number}: Extract<Command, {connection: number}>): Refusal | undefined {
		const server = this.#scenes.of('tcp').server?.server;
		const connection = server?.protocol === 'tcp' ? server.peers.get(number) : undefined;
		if (!connection) {
			return {reason: 'peer-gone'};
		}

		if (type === 'close-connection') {
			connection.close();
			this.#scenes.of('tcp').server?.unchoose(number);
		} else {
			connection.halfClose();
		}

		return undefined;
	}

	async #executeOnClient(command: Extract<Command, {pane: number}>): Promise<Refusal | undefined> {
		const found = this.#scenes.paneOf(command.pane);
		if (!(found?.pane instanceof ClientPane)) {
			return {reason: 'no-such-pane'};
		}

		const {scene, pane: client} = found;
		switch (command.type) {
			case 'remove-client': {
				await scene.removeClient(client);
				return undefined;
			}

			case 'reopen-client': {
				return client.open();
			}

			case 'close-client': {
				await client.close();
				return undefined;
			}

			case 'half-close-client': {
				return client.client.protocol === 'tcp' ? client.client.halfClose() : {reason: 'not-open'};
			}

			case 'set-destination': {
				client.setDestination(command.destination);
				return undefined;
			}

			case 'send': {
				return client.send(command.bytes);
			}

			default: {
				return command satisfies never;
			}
		}
	}

	#changed(): void {
		this.#changes++;
		this.onChange();
	}
}
