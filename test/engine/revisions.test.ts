import {setImmediate as turn} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import type {Command, PlaygroundOptions} from '../../source/engine/api/command.ts';
import type {Query} from '../../source/engine/api/query.ts';
import {perfect} from '../../source/link/conditions.ts';
import type {Protocol} from '../../source/log/event.ts';
import {PlaygroundRoom} from '../helpers/playground-room.ts';
import {openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';

/** After each command it is looked in this many turns of the event loop. */
const looks = 4;

/** What changes with time alone, and what a view does not show: what became of a message. */
const notShown = ({type, ...query}: Query): readonly string[] => [
	'waited',
	'rateSummary',
	...(type === 'payload' ? ['fate', 'isVacant', 'isUnbound', 'arrival', 'readAgain'] : []),
	...(type === 'source' || ('kind' in query && query.kind !== 'bytes') ? ['arrival', 'readAgain'] : []),
];

function textOf(view: unknown, query: Query): string {
	const without = notShown(query);
	return JSON.stringify(view, (key, value: unknown) => without.includes(key) ? undefined : value);
}

/** Everything that a screen may ask of a scene. */
function queriesOf(room: PlaygroundRoom, scene: Protocol): Query[] {
	const {server, clients} = room.scene(scene);
	const rows = {rows: 8, end: undefined, maxBytes: 40} as const;
	const panes = [server, ...clients].flatMap(pane => pane?.pane ?? []);
	const {log} = room.playground;
	let payload = log.next - 1;
	while (payload >= log.first && !('bytes' in log.read(payload, 0))) {
		payload--;
	}

	return [
		{type: 'scene', scene, peers: 5},
		{
			type: 'flow', scene, focus: undefined, rows: 12, end: undefined,
		},
		{type: 'held', scene, rows: 10},
		...panes.flatMap((pane): Query[] => [
			...(['messages', 'calls', 'bytes'] as const).map(kind => ({
				type: 'rows', pane, kind, ...rows,
			} as const)),
			{
				type: 'rows', pane, kind: 'messages', ...rows, filter: {type: 'text', text: 'hello', types: []},
			},
			{
				type: 'source', pane, language: 'python', calls: rows,
			},
		]),
		{
			type: 'payload', sequence: payload, offset: 0, maxBytes: 64,
		},
	];
}

/** Carry the commands out, and look whether each change of a view is told of, and has a revision of its own. */
async function follow(
	t: ExecutionContext,
	scene: Protocol,
	options: Partial<PlaygroundOptions>,
	commands: (room: PlaygroundRoom) => ReadonlyArray<(room: PlaygroundRoom) => Command | undefined>,
): Promise<void> {
	const room = new PlaygroundRoom({clients: 2, ...options});
	t.teardown(async () => room.playground.close());
	const {playground} = room;
	let changes = 0;
	playground.watch(() => {
		changes++;
	});
	const known = new Map<string, {readonly revision: string; readonly text: string; readonly changes: number}>();
	const wrong = new Set<string>();
	const look = (after: string): void => {
		const queries = queriesOf(room, scene);
		playground.open(queries);
		for (const query of queries) {
			const key = JSON.stringify(query);
			const before = known.get(key);
			const now = {revision: playground.revisionOf(query), text: textOf(playground.view(query), query), changes};
			if (before && before.text !== now.text) {
				if (before.revision === now.revision) {
					wrong.add(`after ${after} the revision stays: ${key}`);
				}

				if (before.changes === now.changes && !key.includes('filter')) {
					wrong.add(`nobody is told after ${after}: ${key}`);
				}
			}

			known.set(key, now);
		}
	};

	await playground.execute({type: 'open-scene', protocol: scene});
	look('the start');
	for (const make of commands(room)) {
		const command = make(room);
		if (!command) {
			continue;
		}

		const done = playground.execute(command);
		for (let count = 0; count < looks; count++) {
			look(command.type);
			await turn();
		}

		await done;
		look(command.type);
	}

	t.deepEqual([...wrong], []);
}

const bytes = Buffer.from('hello');

/** What can be done in each scene: to the first client, to the server, and to the link. */
function common(scene: Protocol): Array<(room: PlaygroundRoom) => Command | undefined> {
	const client = (room: PlaygroundRoom, place = 0): number => room.client(scene, place).pane;
	const send = (room: PlaygroundRoom): Command => ({type: 'send', pane: client(room), bytes});
	const server = (room: PlaygroundRoom): number => room.server(scene).pane;
	return [
		send,
		room => ({type: 'set-encoding', pane: client(room), encoding: 'utf-16le'}),
		room => ({type: 'set-encoding', pane: server(room), encoding: 'latin1'}),
		send,
		room => ({type: 'set-encoding', pane: client(room), encoding: 'latin1'}),
		() => ({
			type: 'set-link', scene, direction: 'both', conditions: {
				...perfect, delay: 3, jitter: 3, duplication: 0.5,
			},
		}),
		send,
		send,
		send,
		send,
		() => ({
			type: 'set-link', scene, direction: 'to-server', conditions: {...perfect, loss: 0.5, stall: true}, isUntold: true,
		}),
		send,
		send,
		() => ({type: 'tell-changes'}),
		() => ({
			type: 'set-link', scene, direction: 'both', conditions: perfect,
		}),
		() => ({type: 'set-seed', seed: 5}),
		() => ({type: 'lose-next', scene, direction: 'to-server'}),
		send,
		room => ({type: 'start-series', pane: client(room), series: {count: 5, rate: undefined}}),
		room => ({type: 'start-series', pane: client(room), series: {count: undefined, rate: 5}}),
		room => ({type: 'stop-series', pane: client(room)}),
		room => ({type: 'set-option', pane: client(room), option: {name: 'rcvbuf', value: 8192}}),
		room => ({type: 'set-destination', pane: client(room), destination: room.address(scene)}),
		() => ({type: 'stop-server', protocol: scene}),
		send,
		() => ({type: 'open-server', protocol: scene}),
		() => ({type: 'move-server', protocol: scene, address: {host: '127.0.0.1', port: 0}}),
		room => ({type: 'close-client', pane: client(room)}),
		room => ({type: 'reopen-client', pane: client(room)}),
		send,
		() => ({type: 'open-client', protocol: scene}),
		room => ({type: 'remove-client', pane: client(room, 1)}),
		send,
	];
}

/** What only a server does. */
function ofServer(scene: Protocol): Array<(room: PlaygroundRoom) => Command | undefined> {
	return [
		() => ({type: 'set-rule', protocol: scene, rule: 'reverse'}),
		() => ({type: 'set-rule', protocol: scene, rule: 'manual'}),
		() => ({type: 'choose-peer', protocol: scene, step: 1}),
		() => ({
			type: 'send-from-server', protocol: scene, target: 'all', bytes,
		}),
		() => ({type: 'set-close-after-reply', scene, closeAfterReply: true}),
	];
}

function onlyTcp(room: PlaygroundRoom): Command[] {
	const {pane} = room.client('tcp');
	const on = {type: 'client', pane} as const;
	return [
		{type: 'set-framing', pane, framing: 'line'},
		{type: 'act', on, act: {type: 'split-character', bytes: Buffer.from('글')}},
		{
			type: 'set-encoding', pane, encoding: 'euc-kr', isUntold: true,
		},
		{type: 'act', on, act: {type: 'stop-reading'}},
		{type: 'send', pane, bytes},
		{type: 'act', on, act: {type: 'read-again'}},
		{type: 'half-close-client', pane},
		{type: 'reopen-client', pane},
		{type: 'act', on, act: {type: 'reset'}},
		{type: 'reopen-client', pane},
		{type: 'half-close-connection', connection: 3},
		{type: 'close-connection', connection: 3},
	];
}

function ofRelay(scene: Protocol): Command[] {
	const directions = ['to-server', 'to-clients'] as const;
	return [
		{type: 'set-holding', protocol: scene, directions},
		{
			type: 'edit-held', protocol: scene, held: 1, bytes: Buffer.from('hello!'),
		},
		{type: 'drop-held', protocol: scene, held: 1},
		{type: 'release-held', protocol: scene},
		{type: 'set-holding', protocol: scene, directions: []},
	];
}

for (const scene of ['udp', 'tcp'] as const) {
	test(`a view of ${scene} that has become another one has another revision, and it is told of`, async t => {
		await follow(t, scene, {reply: 'uppercase'}, room => [
			...common(scene),
			...ofServer(scene),
			...(scene === 'tcp' ? onlyTcp(room) : []).map(command => () => command),
		]);
	});

	test(`the same of a relay of ${scene}`, async t => {
		const {address: target} = scene === 'udp' ? await openRawUdp(t) : await openRawServer(t);
		const send = (room: PlaygroundRoom): Command => ({type: 'send', pane: room.client(scene).pane, bytes});
		await follow(t, scene, {relay: {target, silence: 60_000}}, () => [
			...common(scene), ...ofRelay(scene).flatMap(command => [() => command, send, send]),
		]);
	});
}
