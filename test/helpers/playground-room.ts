import type {ExecutionContext} from 'ava';
import type {CommandAnswer, PlaygroundOptions, Protocol} from '../../source/engine/door/command.ts';
import type {RowsView} from '../../source/engine/door/pane-view.ts';
import type {RowsKind} from '../../source/engine/door/question.ts';
import type {ClientView, SceneView, ServerView} from '../../source/engine/door/scene-view.ts';
import type {Address} from '../../source/engine/events/event.ts';
import {Playground} from '../../source/engine/playground.ts';
import {EventWatch} from './event-watch.ts';

/** A playground on this thread, and ways to look at it. */
export class PlaygroundRoom extends EventWatch {
	readonly playground: Playground;

	constructor(options: Partial<PlaygroundOptions>) {
		const playground = new Playground({
			host: '127.0.0.1', port: 0, reply: 'uppercase', closeAfterReply: false, clients: 0, ...options,
		});
		super(playground.log);
		this.playground = playground;
		playground.onChange = () => {
			this.look();
		};
	}

	scene(protocol: Protocol, peers = 10): SceneView {
		const view = this.playground.view({type: 'scene', protocol, peers});
		if (view?.type !== 'scene') {
			throw new Error('No scene');
		}

		return view;
	}

	server(protocol: Protocol, peers = 10): ServerView {
		const {server} = this.scene(protocol, peers);
		if (!server) {
			throw new Error('No server');
		}

		return server;
	}

	/** Where the open server is bound. */
	address(protocol: Protocol): Address {
		const {state} = this.server(protocol);
		if (state.type !== 'open') {
			throw new Error(`The server is ${state.type}`);
		}

		return state.local;
	}

	client(protocol: Protocol, place = 0): ClientView {
		return this.scene(protocol).clients[place];
	}

	rows(pane: number, kind: RowsKind = 'messages'): RowsView {
		const view = this.playground.view({
			type: 'rows', pane, kind, rows: 1000, end: undefined, payload: 'text', columns: 80, dumpColumns: 60,
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
export async function openPlayground(t: ExecutionContext, protocol: Protocol, options: Partial<PlaygroundOptions> = {}): Promise<PlaygroundRoom> {
	const room = new PlaygroundRoom(options);
	t.teardown(async () => room.playground.close());
	await room.playground.execute({type: 'open-scene', protocol});
	return room;
}
