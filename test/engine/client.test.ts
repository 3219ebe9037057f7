import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
	closeSync, constants, existsSync, mkdtempSync, openSync, rmSync,
} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Inbox} from '../helpers/inbox.ts';
import {inTime} from '../helpers/in-time.ts';
import {playgroundOptions} from '../helpers/playground-options.ts';
import {connectRaw} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';
import {skipped} from '../helpers/skipped.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {collectionFlags, EngineClient} from '../../source/engine/client.ts';
import type {Views} from '../../source/engine/api/messages.ts';
import type {Command, CommandAnswer, PlaygroundOptions} from '../../source/engine/api/command.ts';
import type {SceneView} from '../../source/engine/api/scene-view.ts';
import type {Protocol, Address} from '../../source/log/event.ts';

const entry = new URL('../../dist/engine.js', import.meta.url);

type Engine = {
	readonly client: EngineClient;
	readonly views: Inbox<Views>;
	execute(command: Command): Promise<CommandAnswer>;
	scene(protocol: Protocol): Promise<SceneView>;
	open(protocol: Protocol): Promise<Address>;
};

/** How the next worker thread that is made ends: the code it exits with. */
async function nextExit(): Promise<unknown> {
	const {promise, resolve} = Promise.withResolvers<unknown>();
	process.once('worker', worker => {
		worker.once('exit', resolve);
	});
	return inTime(promise, () => 'the end of a thread');
}

function startEngine(t: ExecutionContext, options: Partial<PlaygroundOptions> = {}): Engine {
	if (!existsSync(entry)) {
		throw new Error('dist/engine.js is missing: npm run build');
	}

	const client = new EngineClient(entry);
	client.start({...playgroundOptions, reply: 'uppercase', ...options});
	t.teardown(async () => client.close());
	const views = new Inbox<Views>('views');
	client.onViews = view => {
		views.add(view);
	};

	const engine: Engine = {
		client,
		views,
		async execute(command) {
			return inTime(client.execute(command).answer, () => `an answer to ${command.type}`);
		},
		async scene(protocol) {
			client.ask([{type: 'scene', scene: protocol, peers: Math.floor(Math.random() * 1e9)}]);
			const {views: [view]} = await views.next();
			return view as SceneView;
		},
		async open(protocol) {
			await engine.execute({type: 'open-scene', protocol});
			const {server} = await engine.scene(protocol);
			return (server!.state as {local: Address}).local;
		},
	};
	return engine;
}

test('what V8 is told about collections it knows: it would write on the screen of an unknown flag', t => {
	const {stdout} = spawnSync(process.execPath, ['--v8-options'], {encoding: 'utf8'});
	for (const flag of collectionFlags) {
		t.true(stdout.includes(`--${flag.replace(/^--(?:no-)?/, '').replace(/=.*/, '')} (`), flag);
	}
});

test('carries out commands on a thread of its own and shows what came of them', async t => {
	const {client, views, execute} = startEngine(t, {clients: 2});
	t.deepEqual(await execute({type: 'open-scene', protocol: 'tcp'}), {refusal: undefined});
	client.ask([{type: 'scene', scene: 'tcp', peers: 5}]);
	const {views: [scene], lastCommand} = await views.next();
	t.is(lastCommand, 1);
	t.like(scene, {
		type: 'scene', name: 'tcp', protocol: 'tcp', server: {state: {type: 'open'}, rule: 'uppercase'},
	});
	t.is((scene as SceneView).clients.length, 2);
});

test('serves raw peers over UDP and TCP', async t => {
	const engine = startEngine(t);
	const peer = await openRawUdp(t);
	peer.send('안녕 abc', await engine.open('udp'));
	t.is(await peer.nextText(), '안녕 ABC');
	const raw = await connectRaw(t, await engine.open('tcp'));
	raw.write('over tcp');
	t.is(await raw.readLike('OVER TCP'), 'OVER TCP');
});

test('an uncaught exception on the thread is told, and the sockets go on', async t => {
	const engine = startEngine(t);
	const faults = new Inbox<string>('fault');
	engine.client.onFault = message => {
		faults.add(message);
	};

	const address = await engine.open('udp');
	engine.client.ask(undefined as never);
	t.regex(await faults.next(), /TypeError/);
	const peer = await openRawUdp(t);
	peer.send('still there', address);
	t.is(await peer.nextText(), 'STILL THERE');
});

test('a module of reply rules that calls process.exit() ends nothing: it goes on, and both scenes with it', async t => {
	const rulesFile = path.join(await temporaryFolder(t), 'exit.mjs');
	await writeFile(rulesFile, `
		export default message => {
			if (message.length === 4) {
				process.exit(0);
			}

			setImmediate(() => process.exit(0));
			process.stdout.end('x');
			return message;
		};
	`);
	const engine = startEngine(t, {reply: 'custom', rulesFile});
	const tcp = await connectRaw(t, await engine.open('tcp'));
	const server = await engine.open('udp');
	const udp = await openRawUdp(t);
	for (const message of ['exit', 'later', 'again']) {
		udp.send(message, server);
	}

	t.is(await udp.nextText(), 'later');
	t.is(await udp.nextText(), 'again');
	tcp.write('hello');
	t.is(await tcp.readLike('hello'), 'hello');
	t.is(engine.client.death, undefined);
});

test('the death of the thread is told to who begins to listen after it', async t => {
	const client = new EngineClient(new URL('data:text/javascript,throw new Error("broken")'));
	client.start(playgroundOptions);
	const {answer} = client.execute({type: 'open-scene', protocol: 'udp'});
	await t.throwsAsync(inTime(answer, () => 'a rejection'), {message: 'broken'});
	const heard: string[] = [];
	client.onDeath = ({message}) => {
		heard.push(message);
	};

	t.deepEqual(heard, ['broken']);
});

test('answers each command with its outcome, in any order', async t => {
	const {client} = startEngine(t);
	const refused = client.execute({type: 'send', pane: 99, bytes: Buffer.from('x')});
	const opened = client.execute({type: 'open-scene', protocol: 'udp'});
	t.true(opened.id > refused.id);
	t.deepEqual(await inTime(refused.answer, () => 'a refusal'), {refusal: {reason: 'no-such-pane'}});
	t.deepEqual(await inTime(opened.answer, () => 'an answer'), {refusal: undefined});
});

test('carries bytes over the message channel unchanged', async t => {
	const engine = startEngine(t, {clients: 1});
	const peer = await openRawUdp(t);
	await engine.open('udp');
	const {clients} = await engine.scene('udp');
	const {pane} = clients[0]!;
	await engine.execute({type: 'set-destination', pane, destination: peer.address});
	const bytes = Uint8Array.from({length: 256}, (_, byte) => byte);
	await engine.execute({type: 'send', pane, bytes});
	const arrived = await peer.inbox.next();
	t.deepEqual(Uint8Array.from(arrived.bytes), bytes);
});

test('answers open queries again when something has changed', async t => {
	const {client, views, execute} = startEngine(t);
	await execute({type: 'open-scene', protocol: 'udp'});
	const query = {type: 'scene', scene: 'udp', peers: 5} as const;
	client.ask([query]);
	await views.next();
	client.ask([query]);
	const {id} = client.execute({type: 'set-rule', protocol: 'udp', rule: 'reverse'});
	const {views: [scene], lastCommand} = await views.next();
	t.like(scene, {server: {rule: 'reverse'}});
	t.is(lastCommand, id);
});

test.serial('closes the sockets and lets the thread end by itself, once, without a death', async t => {
	const exit = nextExit();
	const engine = startEngine(t, {clients: 1});
	const deaths: Error[] = [];
	engine.client.onDeath = error => {
		deaths.push(error);
	};

	const raw = await connectRaw(t, await engine.open('tcp'));
	await Promise.all([engine.client.close(), engine.client.close()]);
	await engine.client.close();
	await raw.fin;
	t.is(await exit, 0);
	t.deepEqual(deaths, []);
	t.is(engine.client.death, undefined);
});

test('closes also where nothing was ever opened', async t => {
	const {client} = startEngine(t);
	await client.close();
	t.is(client.death, undefined);
});

test.serial('says once why the thread died', async t => {
	const exit = nextExit();
	const {promise, resolve} = Promise.withResolvers<Error>();
	const client = new EngineClient(new URL('data:text/javascript,throw new Error("engine on fire")'));
	client.start(playgroundOptions);
	let deaths = 0;
	client.onDeath = error => {
		deaths++;
		resolve(error);
	};

	const error = await inTime(promise, () => 'a death');
	t.is(error.message, 'engine on fire');
	t.is(client.death, error);
	t.is(await exit, 1);
	await client.close();
	t.is(deaths, 1);
});

test('what is asked of a thread that dies, and of one that has died, is rejected with why it died', async t => {
	const client = new EngineClient(new URL('data:text/javascript,import {parentPort} from "node:worker_threads";'
		+ 'parentPort.once("message", () => { throw new Error("engine on fire"); });'));
	client.start(playgroundOptions);
	const query = {type: 'scene', scene: 'udp', peers: 0} as const;
	const asked: ReadonlyArray<Promise<unknown>> = [
		client.read(query), client.execute({type: 'open-scene', protocol: 'udp'}).answer,
	];
	for (const answer of asked) {
		await t.throwsAsync(inTime(answer, () => 'a rejection'), {message: 'engine on fire'});
	}

	await t.throwsAsync(client.read(query), {message: 'engine on fire'});
	await t.throwsAsync(client.execute({type: 'open-scene', protocol: 'udp'}).answer, {message: 'engine on fire'});
	await client.close();
});

/** What a thread of a test says when it is running. */
const sayRunning = 'parentPort.postMessage({type: "fault", message: "running"});';

async function untilRunning(client: EngineClient): Promise<void> {
	await inTime(new Promise(resolve => {
		client.onFault = resolve;
	}), () => 'a running thread');
}

/** A client of a thread that runs this for each message, and never answers. */
function startSilent(t: ExecutionContext, onMessage: string): EngineClient {
	const client = new EngineClient(new URL('data:text/javascript,import {parentPort} from "node:worker_threads";'
		+ `parentPort.on("message", ({type}) => { ${onMessage} });${sayRunning}`));
	client.start(playgroundOptions);
	t.teardown(async () => client.close());
	return client;
}

/** The command and the query that are asked of it are rejected with this, those that come later as well. */
async function rejectsAll(t: ExecutionContext, client: EngineClient): Promise<string[]> {
	const ask = (): ReadonlyArray<Promise<unknown>> => [
		client.read({type: 'scene', scene: 'udp', peers: 0}), client.execute({type: 'open-scene', protocol: 'udp'}).answer,
	];
	await untilRunning(client);
	const before = ask();
	const ended = client.close();
	const asked = [...before, ...ask()];
	const errors = asked.map(async answer => t.throwsAsync(inTime(answer, () => 'a rejection')));
	t.true(await inTime(ended, () => 'the end of the thread'));
	errors.push(...ask().map(async answer => t.throwsAsync(inTime(answer, () => 'a rejection'))));
	const told = await Promise.all(errors);
	return told.map(({message}) => message);
}

test('what is pending where the thread dies while it closes is rejected with why, and so is what comes later', async t => {
	const client = startSilent(t, 'if (type === "close") throw new Error("engine on fire");');
	t.deepEqual(await rejectsAll(t, client), Array.from({length: 6}, () => 'engine on fire'));
	t.is(client.death, undefined);
});

test('what is pending where the thread ends when it is closed is rejected', async t => {
	const client = startSilent(t, 'if (type === "close") parentPort.close();');
	t.deepEqual(await rejectsAll(t, client), Array.from({length: 6}, () => 'The engine was closed'));
	t.is(client.death, undefined);
});

test.serial('gives a thread that gets no processor the time to close its sockets, and to end by itself', async t => {
	const exit = nextExit();
	const client = startSilent(t, 'if (type === "close") {'
		+ 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);'
		+ 'parentPort.postMessage({type: "closed"}); parentPort.close(); }');
	await untilRunning(client);
	t.true(await inTime(client.close(), () => 'the end of the thread'));
	t.is(await exit, 0);
});

test.serial('does not wait for a thread that the system keeps from ending', async t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'playground-'));
	t.teardown(() => {
		rmSync(folder, {recursive: true});
	});
	const fifo = path.join(folder, 'fifo');
	t.is(spawnSync('mkfifo', [fifo]).status, 0);
	// As a look-up of a name does, opening it keeps one of libuv's threads until somebody opens the other end.
	const client = new EngineClient(new URL('data:text/javascript,import {open} from "node:fs/promises";'
		+ 'import {parentPort} from "node:worker_threads";'
		+ 'parentPort.on("message", ({type}) => type === "close" && parentPort.postMessage({type: "closed"}));'
		+ `open(${encodeURIComponent(JSON.stringify(fifo))});${sayRunning}`));
	client.start(playgroundOptions);
	await untilRunning(client);
	const {answer} = client.execute({type: 'open-scene', protocol: 'udp'});
	t.false(await inTime(client.close(), () => 'the end of waiting'));
	await t.throwsAsync(inTime(answer, () => 'a rejection'), {message: 'The engine was closed'});
	closeSync(openSync(fifo, constants.O_RDWR));
});

test('outlives a datagram whose sender has port 0, as RFC 768 allows', async t => {
	const engine = startEngine(t);
	const {promise: death, resolve: died} = Promise.withResolvers<Error>();
	engine.client.onDeath = error => {
		died(error);
	};

	const {port} = await engine.open('udp');
	const script = [
		'import socket, struct',
		's = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)',
		`s.sendto(struct.pack('!HHHH', 0, ${port}, 13, 0) + b'hello', ('127.0.0.1', 0))`,
	].join('\n');
	const {status, stderr} = spawnSync('python3', ['-c', script], {encoding: 'utf8'});
	if (status !== 0) {
		skipped(t, `python3 cannot open a raw socket: ${stderr ?? 'it is not installed'}`);
		return;
	}

	const peer = await openRawUdp(t);
	peer.send('still there?', {host: '127.0.0.1', port});
	const first = await Promise.race([death, once(peer.socket, 'message')]);
	t.false(first instanceof Error, `died of ${String(first)}`);
});
