import type {ExecutionContext} from 'ava';
import type {CommandAnswer, PlaygroundOptions, SceneName} from '../../source/engine/api/command.ts';
import type {RowsView, RowsKind} from '../../source/views/rows.ts';
import type {ClientView, SceneView, ServerView} from '../../source/engine/api/scene-view.ts';
import type {Protocol, Address} from '../../source/log/event.ts';
import type {LaboratoryTimes} from '../../source/engine/laboratory/experiment-context.ts';
import {Playground} from '../../source/engine/playground.ts';
import {EventWatch} from './event-watch.ts';
import {playgroundOptions} from './playground-options.ts';

/** A playground on this thread, and ways to look at it. */
export class PlaygroundRoom extends EventWatch {
	readonly playground: Playground;

	/** @param times - how long the laboratory's experiments take their time */
	constructor(options: Partial<PlaygroundOptions>, times?: LaboratoryTimes) {
		const playground = new Playground({...playgroundOptions, reply: 'uppercase', ...options}, times);
		super(playground.log);
		this.playground = playground;
		playground.watch(() => {
			this.look();
		});
	}

	scene(scene: SceneName, peers = 10): SceneView {
		const view = this.playground.view({type: 'scene', scene, peers});
		if (view?.type !== 'scene') {
			throw new Error('No scene');
		}

		return view;
	}

	server(scene: SceneName, peers = 10): ServerView {
		const {server} = this.scene(scene, peers);
		if (!server) {
			throw new Error('No server');
		}

		return server;
	}

	/** Where the open server is bound. */
	address(scene: SceneName): Address {
		const {state} = this.server(scene);
		if (state.type !== 'open') {
			throw new Error(`The server is ${state.type}`);
		}

		return state.local;
	}

	client(scene: SceneName, place = 0): ClientView {
		return this.scene(scene).clients[place]!;
	}

	rows(pane: number, kind: RowsKind = 'messages'): RowsView {
		const view = this.playground.view({
			type: 'rows', pane, kind, rows: 1000, end: undefined, maxBytes: 1400,
		});
		if (view?.type !== 'rows') {
			throw new Error('No rows');
		}

		return view;
	}

	async send(pane: number, text: string): Promise<CommandAnswer> {
		return this.playground.execute({type: 'send', pane, bytes: Buffer.from(text)});
	}
}

/** A playground with one scene open, closed with the test. */
export async function openPlayground(
	t: ExecutionContext,
	protocol: Protocol,
	options: Partial<PlaygroundOptions> = {},
): Promise<PlaygroundRoom> {
	const room = new PlaygroundRoom(options);
	t.teardown(async () => room.playground.close());
	await room.playground.execute({type: 'open-scene', protocol});
	return room;
}
