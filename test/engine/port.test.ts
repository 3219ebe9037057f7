import {MessageChannel} from 'node:worker_threads';
import test, {type ExecutionContext} from 'ava';
import type {Command, CommandAnswer} from '../../source/engine/api/command.ts';
import type {FromEngine, ToEngine} from '../../source/engine/api/messages.ts';
import type {Query} from '../../source/engine/api/query.ts';
import type {SceneView} from '../../source/engine/api/scene-view.ts';
import type {Playground} from '../../source/engine/playground.ts';
import {EnginePort} from '../../source/engine/port.ts';
import {EventWatch} from '../helpers/event-watch.ts';
import {Inbox} from '../helpers/inbox.ts';
import {playgroundOptions} from '../helpers/playground-options.ts';

type Of<Type extends FromEngine['type']> = Extract<FromEngine, {type: Type}>;

const scene: Query = {type: 'scene', scene: 'udp', peers: 5};

const fail = (): never => {
	throw new Error('not today');
};

/** The screen's end of a channel to a playground on this thread, whose parts can be broken. */
class PortRoom {
	readonly playground: Playground;
	readonly events: EventWatch;
	readonly answers = new Inbox<Of<'answer'>>('answer');
	readonly views = new Inbox<Of<'views'>>('views');
	readonly reads = new Inbox<Of<'view'>>('view');
	readonly faults = new Inbox<Of<'fault'>>('fault');
	readonly closed = new Inbox<Of<'closed'>>('closed');
	readonly #port: MessageChannel['port1'];
	#lastId = 0;

	constructor(t: ExecutionContext) {
		const {port1, port2} = new MessageChannel();
		this.#port = port1;
		this.playground = new EnginePort(port2, {...playgroundOptions, clients: 1}).playground;
		this.events = new EventWatch(this.playground.log);
		this.playground.watch(() => {
			this.events.look();
		});
		const {close} = this.playground;
		t.teardown(async () => {
			port1.close();
			await close.call(this.playground);
		});
		port1.on('message', (message: FromEngine) => {
			switch (message.type) {
				case 'answer': {
					this.answers.add(message);
					break;
				}

				case 'views': {
					this.views.add(message);
					break;
				}

				case 'view': {
					this.reads.add(message);
					break;
				}

				case 'fault': {
					this.faults.add(message);
					break;
				}

				case 'closed': {
					this.closed.add(message);
					break;
				}

				default: {
					message satisfies never;
				}
			}
		});
	}

	tell(message: ToEngine): void {
		this.#port.postMessage(message);
	}

	async execute(command: Command): Promise<CommandAnswer> {
		this.tell({type: 'command', id: ++this.#lastId, command});
		const {answer} = await this.answers.next();
		return answer;
	}

	/** Send a datagram from the client to the server, whose answer comes back: the sockets go on. */
	async echo(): Promise<number> {
		const view = this.playground.view(scene) as SceneView;
		const {pane = 0} = view.clients.at(0) ?? {};
		await this.execute({type: 'send', pane, bytes: Buffer.from('hello')});
		const {length} = await this.events.happened('datagram-received', event => event.pane === pane) as {length: number};
		return length;
	}
}

async function openRoom(t: ExecutionContext): Promise<PortRoom> {
	const room = new PortRoom(t);
	await room.execute({type: 'open-scene', protocol: 'udp'});
	return room;
}

test('a subscriber of the log that fails at every event is told once, and the sockets go on', async t => {
	const room = await openRoom(t);
	room.playground.log.subscribe({onEntry: fail, payload: 'none'});
	t.is(await room.echo(), 5);
	t.deepEqual(await room.faults.next(), {type: 'fault', message: 'Error: not today'});
	t.is(await room.echo(), 5);
	t.is(room.faults.length, 0);
});

test('a watcher of the playground that fails is told once, and the sockets go on', async t => {
	const room = await openRoom(t);
	room.playground.watch(fail);
	t.is(await room.echo(), 5);
	t.like(await room.faults.next(), {message: 'Error: not today'});
	t.is(room.faults.length, 0);
});

test('faults with another message each time are told up to a limit', async t => {
	const room = await openRoom(t);
	let count = 0;
	room.playground.watch(() => {
		throw new Error(`number ${++count}`);
	});
	for (let commands = 0; commands < 150; commands++) {
		await room.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
	}

	t.is(room.faults.length, 100);
});

test('every command is followed by views that show what it has begun, though it changes nothing', async t => {
	const room = await openRoom(t);
	const commands: readonly Command[] = [
		{type: 'set-rule', protocol: 'udp', rule: 'echo'},
		{type: 'read-held', protocol: 'udp', held: 1},
		{type: 'stop-series', pane: 999},
	];
	room.tell({type: 'ask', queries: [scene]});
	await room.views.next();
	for (const [index, command] of commands.entries()) {
		room.tell({type: 'ask', queries: [scene]});
		await room.execute(command);
		const {lastCommand} = await room.views.next();
		t.is(lastCommand, index + 2);
	}
});

test('a command that fails by an error of the program is refused with it, and the next one is carried out', async t => {
	const room = await openRoom(t);
	const {execute} = room.playground;
	room.playground.execute = fail;
	t.deepEqual(await room.execute({type: 'open-client', protocol: 'udp'}), {
		refusal: {reason: 'fault', message: 'Error: not today'},
	});
	room.playground.execute = execute;
	t.is(await room.echo(), 5);
});

test('an answer that cannot be cloned is a refusal', async t => {
	const room = await openRoom(t);
	room.playground.execute = async () => ({saved: fail as never});
	const {refusal} = await room.execute({type: 'open-client', protocol: 'udp'});
	t.like(refusal, {reason: 'fault'});
	t.regex(String(refusal && 'message' in refusal && refusal.message), /could not be cloned/);
});

test('a view that cannot be cloned has failed in its place, and the others are answered', async t => {
	const room = await openRoom(t);
	const {playground} = room;
	const {view} = playground;
	playground.view = query =>
		query.type === 'rows' ? {type: 'failed', place: 1, message: fail as never} : view.call(playground, query);
	room.tell({
		type: 'ask',
		queries: [
			{
				type: 'rows', pane: 7, kind: 'messages', rows: 5, end: undefined, maxBytes: 60,
			},
			scene,
		],
	});
	const {views: [rows, second]} = await room.views.next();
	t.like(rows, {type: 'failed', place: 7});
	t.like(second, {type: 'scene', name: 'udp'});
	t.is(await room.echo(), 5);
});

test('a playground that cannot be closed is told, and the channel is closed all the same', async t => {
	const room = await openRoom(t);
	room.playground.close = fail;
	room.tell({type: 'close'});
	t.like(await room.faults.next(), {message: 'Error: not today'});
	t.deepEqual(await room.closed.next(), {type: 'closed'});
});

test('a query that is asked once is answered, whichever are open, and a failure is an answer', async t => {
	const room = await openRoom(t);
	room.tell({type: 'read', id: 7, query: scene});
	t.like(await room.reads.next(), {type: 'view', id: 7, view: {type: 'scene', name: 'udp'}});
	room.playground.view = fail;
	room.tell({type: 'read', id: 8, query: scene});
	t.deepEqual(await room.reads.next(), {
		type: 'view', id: 8, view: {type: 'failed', place: 'udp', message: 'Error: not today'},
	});
});
