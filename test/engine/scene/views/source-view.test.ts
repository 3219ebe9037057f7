import {networkInterfaces} from 'node:os';
import test, {type ExecutionContext} from 'ava';
import {perfectLink} from '../../../helpers/event-room.ts';
import {skipped} from '../../../helpers/skipped.ts';
import {openPlayground, type PlaygroundRoom} from '../../../helpers/playground-room.ts';
import type {Protocol, SocketOption} from '../../../../source/log/event.ts';
import type {SourceView} from '../../../../source/engine/api/view.ts';
import type {Call} from '../../../../source/log/calls/calls.ts';
import {EventLog} from '../../../../source/log/event-log.ts';
import {ClientPane} from '../../../../source/engine/scene/panes/client-pane.ts';
import {
	type CommentLanguage, listingForms, type SourceLanguage, sourceLanguages,
} from '../../../../source/programs/languages.ts';
import {projectListing} from '../../../../source/programs/listing.ts';
import {defaultLimits} from '../../../../source/sockets/limits.ts';
import {projectSource} from '../../../../source/engine/scene/views/source-view.ts';
import {listingCallOf} from '../../../../source/programs/template.ts';
import {projectCalls} from '../../../../source/views/calls.ts';

function sourceOf(
	room: PlaygroundRoom,
	pane: number,
	language: SourceLanguage,
	comments?: CommentLanguage,
): SourceView {
	const view = room.playground.view({
		type: 'source',
		pane,
		language,
		comments,
		calls: {rows: 20, end: undefined, maxBytes: 10},
	});
	if (view?.type !== 'source') {
		throw new Error('No program');
	}

	return view;
}

/** The call that a pane has made last. */
function lastCall({calls}: SourceView): Call | undefined {
	return calls?.rows.findLast(row => (row.calls?.length ?? 0) > 0)?.calls?.at(-1);
}

/**
Whether the calls of a pane's last two events are marked together. A busy machine may have kept the program waiting
between them.
*/
function areTogether({events}: PlaygroundRoom, pane: number): boolean {
	const [before, last] = events.filter(event => event.pane === pane).slice(-2);
	return last!.time - before!.time <= 1000;
}

/** A client has sent, has been answered, and has closed, with its server. */
async function converse(t: ExecutionContext, protocol: Protocol): Promise<PlaygroundRoom> {
	const room = await openPlayground(t, protocol, {clients: 1, reply: 'echo'});
	const {pane} = room.client(protocol);
	await room.send(pane, 'hello');
	await room.happened(protocol === 'udp' ? 'datagram-received' : 'chunk-received', event => event.pane === pane);
	await room.happened(
		protocol === 'udp' ? 'datagram-sent' : 'chunk-sent',
		event => event.pane === room.server(protocol).pane,
	);
	return room;
}

for (const protocol of ['udp', 'tcp'] as const) {
	for (const language of sourceLanguages) {
		test(`marks the line of the last call first, in both roles, over ${protocol} in ${language}`, async t => {
			const room = await converse(t, protocol);
			const server = sourceOf(room, room.server(protocol).pane, language);
			const {pane} = room.client(protocol);
			const client = sourceOf(room, pane, language);
			const names = protocol === 'udp'
				? {sent: 'sendto', received: 'recvfrom'} as const
				: {sent: 'send', received: 'recv'} as const;
			t.is(lastCall(server)?.name, names.sent);
			t.is(lastCall(client)?.name, names.received);
			t.regex(server.lines[server.marks[0] ?? -1] ?? '', /send|write/);
			t.regex(client.lines[client.marks[0] ?? -1] ?? '', /rec|data|message|read/);
			t.is(new Set(client.marks).size, client.marks.length);
			t.is(client.marks.length > 1, areTogether(room, pane), 'the calls just before it are marked, too');
			t.deepEqual(structuredClone(client), client);
			const port = String(room.address(protocol).port);
			t.true(server.lines.some(line => line.includes(port)));
			t.true(client.lines.some(line => line.includes(port)));
			await room.playground.execute({type: 'close-client', pane});
			t.is(lastCall(sourceOf(room, pane, language))?.name, 'close');
			const {lines, marks: [mark = -1]} = sourceOf(room, pane, language);
			t.regex(lines[mark] ?? '', /close|end|destroy/);
		});

		test(`has a line for each call that a role makes, over ${protocol} in ${language}`, async t => {
			const room = await converse(t, protocol);
			const {pane} = room.client(protocol);
			const server = room.server(protocol).pane;
			if (protocol === 'tcp') {
				await room.playground.execute({type: 'half-close-client', pane});
				await room.happenedTimes('socket-closed', 2);
			}

			await room.playground.execute({type: 'close-client', pane});
			const listings = new Map([
				[server, projectListing({
					role: 'server', protocol, address: room.address(protocol), rule: 'echo', closeAfterReply: false,
				}, language)],
				[pane, projectListing({role: 'client', protocol, address: room.address(protocol)}, language)],
			]);
			const calls = room.events.flatMap(event =>
				projectCalls(event, {isServer: event.pane === server})
					.map(call => ({name: listingCallOf(call), pane: event.pane})));
			t.true(calls.length >= 8);
			for (const call of calls) {
				t.true(
					listings.get(call.pane)!.lines.some(line => line.calls?.includes(call.name)),
					`${call.name} of pane ${call.pane}`,
				);
			}
		});
	}
}

for (const form of listingForms) {
	test(`tells for each row of calls which lines make them, the last one first, in the ${form} form`, async t => {
		const room = await converse(t, 'tcp');
		const {pane} = room.server('tcp');
		const view = room.playground.view({
			type: 'source', pane, language: 'c', form, calls: {rows: 20, end: undefined, maxBytes: 10},
		});
		if (view?.type !== 'source' || !view.calls) {
			throw new Error('No calls');
		}

		const {lines} = projectListing({
			role: 'server', protocol: 'tcp', address: room.address('tcp'), rule: 'echo', closeAfterReply: false,
		}, 'c', 'en', form);
		t.deepEqual(view.lines, lines.map(({text}) => text));
		t.is(view.callLines.length, view.calls.rows.length);
		const marked = view.callLines.map(row => row.map(line => lines[line]?.calls));
		const [listening, accepted, received, sent] = marked;
		t.deepEqual(listening?.flat(), form === 'full'
			? ['listen', 'bind', 'SO_REUSEADDR', 'socket']
			: ['listen', 'bind', 'socket']);
		t.deepEqual(accepted?.flat(), form === 'full' ? ['TCP_NODELAY', 'accept'] : ['accept']);
		t.deepEqual([received?.flat(), sent?.flat()], [['recv'], ['send']]);
	});
}

for (const language of sourceLanguages) {
	test(`marks the line that sets an option, each group's own, also where the system refuses it, in ${language}`, async t => {
		const room = await openPlayground(t, 'udp', {clients: 1});
		const {pane} = room.server('udp');
		const line = async (option: SocketOption): Promise<string> => {
			await room.playground.execute({type: 'set-option', pane, option});
			const {lines, marks} = sourceOf(room, pane, language);
			const [mark = -1] = marks;
			return (language === 'c' ? lines.slice(mark - 1, mark + 1) : lines.slice(mark, mark + 3)).join(' ');
		};

		t.regex(await line({name: 'broadcast', value: 1}), /SO_BROADCAST|setBroadcast\(true\)/);
		t.regex(await line({name: 'rcvbuf', value: 4096}), /(?:SO_RCVBUF|setRecvBufferSize).*4096/);
		t.regex(await line({name: 'join', group: '239.1.2.3', interface: 'lo'}), /239\.1\.2\.3.*127\.0\.0\.1/);
		t.regex(await line({name: 'join', group: '239.1.2.4', interface: 'lo'}), /239\.1\.2\.4.*127\.0\.0\.1/);
		t.notRegex(await line({name: 'join', group: '239.1.2.5', interface: 'lo'}), /239\.1\.2\.4/);
		t.is(sourceOf(room, pane, language).lines.join('\n').match(/239\.1\.2\.[345]/g)?.length, 3);
		const client = room.client('udp').pane;
		const source = {host: '127.0.0.1', port: 0};
		t.notRegex(sourceOf(room, client, language).lines.join('\n'), /own address/);
		await room.playground.execute({type: 'set-option', pane: client, option: {name: 'source', source}});
		t.regex(sourceOf(room, client, language).lines.join('\n'), /own address/);
	});
}

test('says that the interface of an option is not there, which no program can name', async t => {
	const options = [{name: 'join', group: '239.1.2.3', interface: 'nowhere'}] as const;
	const room = await openPlayground(t, 'udp', {options});
	const text = sourceOf(room, room.server('udp').pane, 'c').lines.join('\n');
	t.regex(text, /but for an interface that is not there/);
	t.notRegex(text, /239\.1\.2\.3/);
});

test('has the program of the reply rule, and of closing after the reply', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo'});
	const {pane} = room.server('tcp');
	const before = sourceOf(room, pane, 'python');
	await room.playground.execute({type: 'set-rule', protocol: 'tcp', rule: 'reverse'});
	const reversed = sourceOf(room, pane, 'python');
	t.notDeepEqual(reversed.lines, before.lines);
	await room.playground.execute({type: 'set-close-after-reply', closeAfterReply: true});
	t.notDeepEqual(sourceOf(room, pane, 'python').lines, reversed.lines);
	t.is(reversed.fileName, 'tcp_server.py');
});

test('marks the last of the calls that one event stands for first', async t => {
	const room = await openPlayground(t, 'tcp');
	const view = sourceOf(room, room.server('tcp').pane, 'python');
	t.is(lastCall(view)?.name, 'listen');
	t.deepEqual(
		view.marks.map(mark => /\.(listen|bind|setsockopt)|socket\.socket|(create_server)/.test(view.lines[mark] ?? '')),
		[true, true, true, true],
	);
	t.regex(view.lines[view.marks[0] ?? -1] ?? '', /\.listen\(/);
});

test('marks the same lines where comments are Korean, and take other numbers of lines', async t => {
	const room = await converse(t, 'tcp');
	for (const pane of [room.server('tcp').pane, room.client('tcp').pane]) {
		for (const language of sourceLanguages) {
			const english = sourceOf(room, pane, language);
			const korean = sourceOf(room, pane, language, 'ko');
			t.notDeepEqual(korean.lines, english.lines);
			const code = ({lines, marks}: SourceView): string[] =>
				marks.map(mark => (lines[mark] ?? '').replace(/ *(?:#|\/\/|\/\*) .*/, ''));
			t.is(english.marks.length > 1, areTogether(room, pane));
			t.deepEqual(code(korean), code(english));
		}
	}
});

test('names the interface of an address that was given by its number, as the pane does', async t => {
	const [name, scope] = Object.entries(networkInterfaces()).flatMap(([each, addresses]) =>
		(addresses ?? []).flatMap(({family, scopeid}) => family === 'IPv6' && scopeid > 0 ? [[each, scopeid] as const] : []))[0] ?? [];
	if (name === undefined) {
		skipped(t, 'this machine has no IPv6');
		return;
	}

	const room = await openPlayground(t, 'udp', {connect: {host: `fe80::1%${scope}`, port: 9}, clients: 1});
	for (const language of sourceLanguages) {
		const text = sourceOf(room, room.client('udp').pane, language).lines.join('\n');
		t.true(text.includes(`fe80::1%${name}`));
		t.false(text.includes(`fe80::1%${scope}`));
	}
});

test('no line closes the welcoming socket: only ending the program does', async t => {
	const room = await openPlayground(t, 'tcp');
	await room.playground.execute({type: 'stop-server', protocol: 'tcp'});
	const {calls, callLines, lines} = sourceOf(room, room.server('tcp').pane, 'python');
	t.is(calls?.rows.at(-1)?.type, 'socket-closed');
	t.deepEqual(callLines.at(-1), []);
	t.true(lines.some(line => line.includes('close')), 'of connections there is one');
});

test('has a program before anything has happened', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	t.like(sourceOf(room, room.client('udp').pane, 'c'), {marks: [], callLines: [], fileName: 'udp_client.c'});
});

test('marks no calls of more than a second before the last, and none that are no line of the program', t => {
	let now = 0;
	const log = new EventLog({
		events: 64, bytes: 64, clock: () => now, isOwnHost: () => false,
	});
	const pane = new ClientPane({
		pane: 1,
		number: 1,
		protocol: 'tcp',
		log,
		limits: defaultLimits,
		link: perfectLink(),
		defaultDestination: () => ({host: '127.0.0.1', port: 80}),
		ownServer: () => undefined,
		onChange: () => undefined,
	});
	const track = log.track(1, pane.index, 0);
	const names = (): string[] => {
		const {marks} = projectSource(log, pane, {type: 'source', pane: 1, language: 'python'});
		const {lines} = projectListing(
			{role: 'client', protocol: 'tcp', address: {host: '127.0.0.1', port: 80}},
			'python',
		);
		return marks.flatMap(mark => lines[mark]?.calls?.[0] ?? []);
	};

	track.chunkSent(Buffer.from('a'));
	t.deepEqual(names(), ['send']);
	now = 1000;
	track.chunkReceived(Buffer.from('a'));
	t.deepEqual(names(), ['recv', 'send']);
	now = 2500;
	track.happened({type: 'fin-sent', peer: {host: '127.0.0.1', port: 80}});
	t.deepEqual(names(), ['shutdown']);
	now = 2600;
	track.happened({type: 'backpressure-started', peer: {host: '127.0.0.1', port: 80}, waiting: 1});
	t.deepEqual(names(), ['shutdown'], 'what is no call changes nothing');
});
