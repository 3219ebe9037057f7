import type {PlaygroundOptions, SceneName} from '../api/command.ts';
import {perfect} from '../../link/conditions.ts';
import type {Address, Protocol, PaneId} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import {defaultRule, type ReplyRule} from '../../replies/reply-rule.ts';
import type {Limits} from '../../sockets/limits.ts';
import {RulesFile} from './rules-file.ts';
import {type Opens, Scene, type ScenePane} from './scene.ts';

type ScenesOptions = {
	readonly playground: PlaygroundOptions;
	readonly limits: Limits;
	readonly log: EventLog;
	readonly onChange: () => void;
};

/** UDP's and TCP's scene, each made when it is first asked for, the laboratory's, and their panes. */
export class Scenes {
	readonly #options: ScenesOptions;
	readonly #scenes = new Map<SceneName, Scene>();
	readonly #rulesFile: RulesFile | undefined;
	#seed: number;
	#lastPane = 0;

	constructor(options: ScenesOptions) {
		const {rulesFile} = options.playground;
		this.#options = options;
		this.#rulesFile = rulesFile === undefined ? undefined : new RulesFile(rulesFile);
		this.#seed = options.playground.seed;
	}

	of(protocol: Protocol): Scene {
		const scene = this.#scenes.get(protocol) ?? this.#make(protocol, protocol, this.#options.playground);
		this.#scenes.set(protocol, scene);
		return scene;
	}

	/** The scene with this name; undefined where the laboratory has none. */
	get(name: SceneName): Scene | undefined {
		return name === 'laboratory' ? this.#scenes.get(name) : this.of(name);
	}

	get all(): readonly Scene[] {
		return [...this.#scenes.values()];
	}

	reseed(seed: number): void {
		this.#seed = seed;
		for (const scene of this.#scenes.values()) {
			scene.reseed(seed);
		}
	}

	/**
	Put a new scene in the place of a protocol's at once, with all of its panes, and close the old one; then open the
	new one. Settles with it when every socket is open, or has failed.

	@param prepare - called in between, when the ports of the old one are free
	*/
	async replace(
		protocol: Protocol,
		playground: PlaygroundOptions,
		opens: Opens,
		prepare: (scene: Scene) => Promise<void>,
	): Promise<Scene> {
		const before = this.#scenes.get(protocol);
		const scene = this.#make(protocol, protocol, playground, playground.seed);
		this.#scenes.set(protocol, scene);
		// A scene that is still opening waits for the one before, and closing it for that: then all are closed.
		const closed = Promise.resolve(before?.close());
		this.#options.onChange();
		await scene.open(opens, closed.then(async () => prepare(scene)));
		return scene;
	}

	get seed(): number {
		return this.#seed;
	}

	/** Make the laboratory's scene: on loopback, a port of the system's choice, nothing open yet. */
	setUpLaboratory(
		protocol: Protocol,
		{rule = defaultRule, connect}: {readonly rule?: ReplyRule; readonly connect: Address | undefined},
	): Scene {
		const scene = this.#make('laboratory', protocol, {
			host: '127.0.0.1',
			port: 0,
			reply: rule,
			closeAfterReply: false,
			clients: 0,
			connect,
			link: perfect,
			seed: 0,
		});
		this.#scenes.set('laboratory', scene);
		return scene;
	}

	/** Forget the laboratory's scene at once, and close it. */
	async closeLaboratory(scene: Scene): Promise<void> {
		this.#scenes.delete('laboratory');
		this.#options.onChange();
		await scene.close();
	}

	/** The pane with this number, and its scene; undefined for one that was removed. */
	paneOf(number: PaneId): {readonly scene: Scene; readonly pane: ScenePane} | undefined {
		for (const scene of this.#scenes.values()) {
			const {relay} = scene;
			const pane = relay?.targetPane === number ? relay : scene.panes.find(each => each.pane === number);
			if (pane) {
				return {scene, pane};
			}
		}

		return undefined;
	}

	/** Whether anything went through any pane in the last seconds, at this time by the log's clock. */
	isQuiet(now: number): boolean {
		return [...this.#scenes.values()].every(({panes}) => panes.every(({index}) => index.rates.isQuiet(now)));
	}

	/** Tell of an error that nothing has caught, where it is a module's with reply rules. @returns whether it is */
	takeFault(error: unknown): boolean {
		return this.#rulesFile?.takeFault(error) ?? false;
	}

	async close(): Promise<void> {
		this.#rulesFile?.close();
		await Promise.all([...this.#scenes.values()].map(async scene => scene.close()));
	}

	#make(name: SceneName, protocol: Protocol, playground: PlaygroundOptions, seed = this.#seed): Scene {
		return new Scene({
			...this.#options,
			playground: {...playground, seed},
			name,
			protocol,
			rulesFile: playground.rulesFile === undefined ? undefined : this.#rulesFile,
			newPane: () => ++this.#lastPane,
		});
	}
}
