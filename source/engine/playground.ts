import type {EventLog} from '../log/event-log.ts';
import {
	type OnFault, type Subscription, throwLater, Watchers,
} from '../log/subscriptions.ts';
import {defaultLimits} from '../sockets/limits.ts';
import type {Protocol} from '../log/event.ts';
import {openLog} from './open-log.ts';
import {Queries} from './queries.ts';
import {ClientPane} from './scene/client-pane.ts';
import type {View} from './api/view.ts';
import type {
	Command, CommandAnswer, PlaygroundOptions, Refusal, SceneName,
} from './api/command.ts';
import type {Query, SceneQuery} from './api/query.ts';
import {executeAct} from './scene/execute-act.ts';
import {executeOnLog, type LogCommand} from './execute-on-log.ts';
import {executeOnFiles, type FileCommand} from './scene/files/execute-on-files.ts';
import {executeOnMessages, type MessagesCommand} from './scene/messages/execute-on-messages.ts';
import {executeOnRelay, readHeld} from './scene/execute-on-relay.ts';
import {executeOnServer} from './scene/execute-on-server.ts';
import type {Scene} from './scene/scene.ts';
import {Scenes} from './scene/scenes.ts';
import type {ExerciseRunner} from './exercises/exercise-runner.ts';
import {Laboratory} from './laboratory/laboratory.ts';
import {LessonRoom} from './lesson/lesson-room.ts';
import {defaultTimes, type LaboratoryTimes} from './laboratory/experiment-context.ts';

/** Owns the sockets and the log, carries out commands and answers queries. It knows no screen. */
export class Playground {
	/** The one record of what happened. */
	readonly log: EventLog;
	readonly #scenes: Scenes;
	readonly #queries: Queries;
	readonly #laboratory: Laboratory;
	/** Made when an exercise is first asked for: nothing else needs its code. */
	#exercises: ExerciseRunner | undefined;
	/** How often each saved message has been sent, by its name. */
	readonly #counters = new Map<string, number>();
	#isClosed = false;
	readonly #lessons: LessonRoom;
	readonly #watchers: Watchers;
	#changes = 0;

	/**
	@param times - how long experiments take their time
	@param onFault - gets what subscribers and the work for open queries throw; without it, an uncaught exception
	*/
	constructor(options: PlaygroundOptions, times: LaboratoryTimes = defaultTimes, onFault: OnFault = throwLater) {
		const limits = {...defaultLimits, ...options.limits};
		this.#watchers = new Watchers(onFault);
		this.log = openLog(limits, onFault);
		this.#scenes = new Scenes({
			playground: options,
			limits,
			log: this.log,
			onChange: () => {
				this.#changed();
			},
		});
		this.#queries = new Queries({
			log: this.log,
			scenes: this.#scenes,
			clientLimit: limits.clients,
			exercise: () => this.#exercises?.view,
			onChange: () => {
				this.#watchers.notify();
			},
		});
		this.#laboratory = new Laboratory({
			scenes: this.#scenes,
			log: this.log,
			times,
			onChange: () => {
				this.#changed();
			},
		});
		this.#lessons = new LessonRoom({
			playground: options,
			scenes: this.#scenes,
			log: this.log,
			onChange: () => {
				this.#watchers.notify();
			},
		});
		this.log.watch(() => {
			this.#watchers.notify();
		});
	}

	/** Call `onChange` after every event, and after every other change that a view can show. */
	watch(onChange: () => void): Subscription {
		return this.#watchers.add(onChange);
	}

	/** These queries are open from now on. */
	open(queries: readonly Query[]): void {
		this.#queries.open(queries.filter(query => !isOfLessons(query)));
	}

	/** Something that is the same for as long as a query would be answered the same. */
	revisionOf(query: Query): string {
		if (isOfLessons(query)) {
			// Its texts name what scenes have.
			return `${this.#lessons.revision} ${this.#changes}`;
		}

		// What a log has is told by its events alone.
		const changes = query.type === 'rows' || query.type === 'payload' ? '' : this.#changes;
		return `${this.#queries.revisionOf(query)} ${changes}`;
	}

	/**
	Carry out a command. Settles when it is done: a socket bound, connected or closed, a file written, or the attempt
	failed.
	*/
	async execute(command: Command): Promise<CommandAnswer> {
		if (command.type === 'save' || command.type === 'read-payload' || command.type === 'read-events') {
			return executeOnLog(command, this.log, this.#scenes);
		}

		if (command.type === 'read-held') {
			const held = this.#sceneOf(command)?.relay?.relay.held;
			this.#changed();
			return held ? readHeld(held, command.held) : {refusal: {reason: 'no-server'}};
		}

		const done = this.#execute(command);
		this.#changed();
		return {refusal: await done};
	}

	/** Answer a query from the present state; undefined for a pane that was removed. */
	view(query: Query): View | undefined {
		return isOfLessons(query) ? this.#lessons.view(query) : this.#queries.view(query);
	}

	/** End a program that is checked at once: this process is about to end, and nothing may outlive it. */
	kill(): void {
		this.#exercises?.kill();
	}

	/** Close every socket. May be called twice. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#queries.close();
		await this.#lessons.close();
		await this.#laboratory.close();
		await this.#exercises?.close();
		await this.#scenes.close();
	}

	#execute(command: DoneCommand): Promise<Refusal | undefined> | Refusal | undefined {
		switch (command.type) {
			case 'open-scene': {
				return this.#scenes
					.of(command.protocol)
					.open()
					.then(() => undefined);
			}

			case 'open-client': {
				return this.#sceneOf(command)?.openClient() ?? {reason: 'no-such-pane'};
			}

			case 'set-holding':
			case 'edit-held':
			case 'drop-held':
			case 'release-held': {
				const relay = this.#sceneOf(command)?.relay;
				return relay ? executeOnRelay(relay, command) : {reason: 'no-server'};
			}

			case 'open-server':
			case 'stop-server':
			case 'move-server': {
				const scene = this.#sceneOf(command);
				if (scene?.relay) {
					return executeOnRelay(scene.relay, command);
				}

				return scene?.server ? executeOnServer(scene.server, command) : {reason: 'no-server'};
			}

			case 'set-rule':
			case 'choose-peer':
			case 'send-from-server': {
				const scene = this.#sceneOf(command);
				if (!scene?.server) {
					return {reason: 'no-server'};
				}

				const refusal = command.type === 'set-rule' ? scene.whyAnswersStay() : undefined;
				return refusal ?? executeOnServer(scene.server, command);
			}

			case 'set-framing': {
				const {scene, pane} = this.#scenes.paneOf(command.pane) ?? {};
				return pane
					? (pane === scene?.server ? scene.whyAnswersStay() : undefined) ?? pane.setFraming(command.framing)
					: {reason: 'no-such-pane'};
			}

			case 'set-close-after-reply': {
				const server = this.#sceneOf(command)?.server;
				server?.setCloseAfterReply(command.closeAfterReply);
				return server ? undefined : {reason: 'no-server'};
			}

			case 'set-encoding': {
				const {scene, pane} = this.#scenes.paneOf(command.pane) ?? {};
				return pane
					? (pane === scene?.server ? scene.whyAnswersStay() : undefined) ?? pane.setEncoding(command.encoding)
					: {reason: 'no-such-pane'};
			}

			case 'set-link': {
				const scene = this.#scenes.get(command.scene);
				scene?.setLink(command.direction, command.conditions, command.isUntold);
				return scene ? undefined : {reason: 'no-such-pane'};
			}

			case 'tell-link': {
				this.#scenes.get(command.scene)?.tellLink();
				return undefined;
			}

			case 'lose-next': {
				const scene = this.#scenes.get(command.scene);
				return scene ? scene.loseNext(command.direction) : {reason: 'no-such-pane'};
			}

			case 'set-seed': {
				this.#scenes.reseed(command.seed);
				return undefined;
			}

			case 'act': {
				return executeAct(command, this.#scenes);
			}

			case 'start-series':
			case 'stop-series': {
				return this.#executeOnSeries(command);
			}

			case 'send-file':
			case 'receive-file':
			case 'stop-file': {
				const pane = this.#scenes.paneOf(command.pane)?.pane;
				return pane && 'files' in pane ? executeOnFiles(pane, command) : {reason: 'no-such-pane'};
			}

			case 'send-messages':
			case 'stop-messages': {
				const pane = this.#scenes.paneOf(command.pane)?.pane;
				return pane && 'messages' in pane ? executeOnMessages(pane, command, this.#counters) : {reason: 'no-such-pane'};
			}

			case 'set-option': {
				const pane = this.#scenes.paneOf(command.pane)?.pane;
				return pane && 'options' in pane ? pane.options.set(command.option) : {reason: 'no-such-pane'};
			}

			case 'start-experiment': {
				// Both have the laboratory's scene. What ends has a scene and sockets of its own: it is not waited for.
				void this.#exercises?.end();
				return this.#laboratory.start(command.experiment).then(() => undefined);
			}

			case 'end-experiment': {
				return this.#laboratory.end().then(() => undefined);
			}

			case 'start-exercise': {
				return this.#startExercise(command);
			}

			case 'end-exercise': {
				return this.#exercises?.end().then(() => undefined);
			}

			case 'start-lesson':
			case 'leave-lesson':
			case 'lesson-hint':
			case 'lesson-predict':
			case 'lesson-back':
			case 'lesson-again':
			case 'lesson-next':
			case 'reset-lesson-scene':
			case 'note-screen': {
				return this.#lessons.execute(command);
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

	/** The scene that a command names, or else its protocol's own; TCP's for what only a TCP server has. */
	#sceneOf({scene, protocol = 'tcp'}: {readonly scene?: SceneName; readonly protocol?: Protocol}): Scene | undefined {
		return this.#scenes.get(scene ?? protocol);
	}

	async #startExercise(command: Extract<Command, {type: 'start-exercise'}>): Promise<undefined> {
		const {exercise, subject, times} = command;
		const ended = this.#laboratory.end();
		const {ExerciseRunner} = await import('./exercises/exercise-runner.ts');
		await ended;
		if (!this.#isClosed) {
			this.#exercises ??= new ExerciseRunner({
				scenes: this.#scenes,
				log: this.log,
				onChange: () => {
					this.#changed();
				},
			});
			await this.#exercises.start(exercise, subject, times);
		}
	}

	#executeOnConnection(command: Extract<Command, {connection: number}>): Refusal | undefined {
		const {type, connection: number} = command;
		const pane = this.#sceneOf(command)?.server;
		const connection = pane?.server.protocol === 'tcp' ? pane.server.peers.get(number) : undefined;
		if (!connection) {
			return {reason: 'peer-gone'};
		}

		if (type === 'close-connection') {
			connection.close();
			pane?.unchoose(number);
		} else {
			connection.halfClose();
		}

		return undefined;
	}

	async #executeOnSeries(command: Extract<Command, {type: 'start-series' | 'stop-series'}>): Promise<Refusal | undefined> {
		const client = this.#scenes.paneOf(command.pane)?.pane;
		if (!(client instanceof ClientPane)) {
			return {reason: 'no-such-pane'};
		}

		return command.type === 'start-series' ? client.startSeries(command.series) : client.stopSeries();
	}

	async #executeOnClient(command: Exclude<Extract<Command, {pane: number}>, FileCommand | MessagesCommand | {type: 'start-series' | 'stop-series' | 'set-framing' | 'set-option' | 'set-encoding'}>): Promise<Refusal | undefined> {
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
		this.#laboratory.look();
		this.#exercises?.look();
		this.#lessons.look();
		this.#watchers.notify();
	}
}

/** The commands that do something, and are answered with a refusal at most. */
type DoneCommand = Exclude<Command, LogCommand | {type: 'read-held'}>;

/** Whether the lessons answer a query. */
function isOfLessons(query: Query): query is Exclude<Query, SceneQuery> {
	return query.type === 'lesson' || query.type === 'lesson-report';
}
