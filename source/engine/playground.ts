import type {ClientPane} from './client-pane.ts';
import type {
	Command, CommandAnswer, PlaygroundOptions, Protocol, Question, Refusal, View,
} from './door.ts';
import {EventLog} from './events/event-log.ts';
import {executeOnServer} from './execute-on-server.ts';
import type {PaneIndex} from './events/pane-index.ts';
import {projectRows} from './projections/rows.ts';
import {Scene} from './scene.ts';
import {projectScene} from './scene-view.ts';
import {defaultLimits, type Limits} from './sockets/limits.ts';

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
	readonly #options: PlaygroundOptions;
	readonly #limits: Limits;
	readonly #scenes = new Map<Protocol, Scene>();
	#lastPane = 0;
	#changes = 0;

	constructor(options: PlaygroundOptions) {
		this.#options = options;
		this.#limits = {...defaultLimits, ...options.limits};
		this.log = new EventLog({events: this.#limits.events, bytes: this.#limits.logBytes, clock: now});
		this.log.onAppend = () => {
			this.onChange();
		};
	}

	/** Something that is the same for as long as a question would be answered the same. */
	revisionOf(question: Question): string {
		const index = question.type === 'rows' ? this.#indexOf(question.pane) : undefined;
		return index ? `${index.total} ${index.firstSince(this.log.first)}` : `${this.log.next} ${this.#changes}`;
	}

	/** Carry out a command. Settles when it is done: a socket bound, connected or closed, or the attempt failed. */
	async execute(command: Command): Promise<CommandAnswer> {
		const done = this.#execute(command);
		this.#changed();
		return {refusal: await done};
	}

	/** Answer a question as things stand now; undefined for a pane that is no more. */
	view(question: Question): View | undefined {
		if (question.type === 'scene') {
			followWallClock();
			return projectScene(this.#scene(question.protocol), question.peers, this.#limits.clients);
		}

		const index = this.#indexOf(question.pane);
		return index && projectRows(this.log, index, question);
	}

	/** Close every socket. May be called twice. */
	async close(): Promise<void> {
		await Promise.all([...this.#scenes.values()].map(async scene => scene.close()));
	}

	#execute(command: Command): Promise<Refusal | undefined> | Refusal | undefined {
		switch (command.type) {
			case 'open-scene': {
				return this.#scene(command.protocol).open().then(() => undefined);
			}

			case 'open-client': {
				return this.#scene(command.protocol).openClient();
			}

			case 'open-server':
			case 'stop-server':
			case 'move-server':
			case 'set-rule':
			case 'choose-peer':
			case 'send-from-server': {
				const {server} = this.#scene(command.protocol);
				return server ? executeOnServer(server, command) : {reason: 'no-server'};
			}

			case 'set-close-after-reply': {
				const {server} = this.#scene('tcp');
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
		const server = this.#scene('tcp').server?.server;
		const connection = server?.protocol === 'tcp' ? server.peers.get(number) : undefined;
		if (!connection) {
			return {reason: 'peer-gone'};
		}

		if (type === 'close-connection') {
			connection.close();
			this.#scene('tcp').server?.unchoose(number);
		} else {
			connection.halfClose();
		}

		return undefined;
	}

	async #executeOnClient(command: Extract<Command, {pane: number}>): Promise<Refusal | undefined> {
		const found = this.#findClient(command.pane);
		if (!found) {
			return {reason: 'no-such-pane'};
		}

		const [scene, client] = found;
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

	#scene(protocol: Protocol): Scene {
		const existing = this.#scenes.get(protocol);
		if (existing) {
			return existing;
		}

		const scene = new Scene({
			protocol,
			playground: this.#options,
			limits: this.#limits,
			log: this.log,
			newPane: () => ++this.#lastPane,
			onChange: () => {
				this.#changed();
			},
		});
		this.#scenes.set(protocol, scene);
		return scene;
	}

	#changed(): void {
		this.#changes++;
		this.onChange();
	}

	#findClient(pane: number): [Scene, ClientPane] | undefined {
		for (const scene of this.#scenes.values()) {
			const client = scene.clients.find(candidate => candidate.pane === pane);
			if (client) {
				return [scene, client];
			}
		}

		return undefined;
	}

	#indexOf(pane: number): PaneIndex | undefined {
		for (const {server} of this.#scenes.values()) {
			if (server?.pane === pane) {
				return server.index;
			}
		}

		return this.#findClient(pane)?.[1].index;
	}
}
