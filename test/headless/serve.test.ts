import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {Headless} from '../helpers/headless.ts';
import {freePort} from '../helpers/loopback.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {en} from '../../source/screen/words/en.ts';
import {ko} from '../../source/screen/words/ko.ts';
import {faultText} from '../../source/text/files/file-problem.ts';

for (const protocol of ['udp', 'tcp'] as const) {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		test.serial(`serve ${protocol} tells its address first, and ${signal} closes it in order, with code 0`, async t => {
			const run = new Headless(t, ['serve', protocol, '--port', '0']);
			const {host, port} = await run.address();
			t.is(run.lines[0], `${protocol} ${host}:${port}`);
			run.child.kill(signal);
			t.is(await run.code, 0);
			t.regex(run.lines.at(-1)!, / ○ closed 127\.0\.0\.1:\d+$/);
			t.is(run.errors, '');
		});
	}
}

test.serial('serve udp has a line for each event, in which no byte of a peer is a command for the terminal', async t => {
	const run = new Headless(t, ['serve', 'udp', '--port', '0', '--until', 'count=2']);
	const server = await run.address();
	const client = await openRawUdp(t);
	client.send('a\u{1B}[2J\0b\n', server);
	t.is(await client.nextText(), 'A\u{1B}[2J\0B\n');
	client.send(Uint8Array.of(0xFF, 0x1B), server);
	t.is(await run.code, 0);
	const from = `127.0.0.1:${client.address.port}`;
	t.deepEqual(run.lines.slice(1).map(line => line.slice(13)), [
		String.raw`← ${from}  8 B  a\x1b[2J\0b\n`,
		String.raw`→ ${from}  8 B  A\x1b[2J\0B\n`,
		String.raw`← ${from}  2 B  \xff\x1b`,
		String.raw`→ ${from}  2 B  \xff\x1b`,
		`○ closed 127.0.0.1:${server.port}`,
	]);
	t.notRegex(run.text.replaceAll('\n', ''), /\p{Control}/v);
});

test.serial('serve tcp --once ends when the first connection has, and its answer has been sent', async t => {
	const run = new Headless(t, ['serve', 'tcp', '--port', '0', '--once', '--json']);
	const client = await connectRaw(t, await run.address());
	client.write('hello');
	t.is(await client.readLike('HELLO'), 'HELLO');
	client.socket.end();
	await client.fin;
	t.is(await run.code, 0);
	t.like(run.json.at(-1), {
		type: 'done', code: 0, reason: 'once', received: {count: 1, bytes: 5}, sent: {count: 1, bytes: 5},
	});
});

test.serial('serve udp --once answers one datagram, also where the answer is still on the simulated link', async t => {
	const run = new Headless(t, ['serve', 'udp', '--port', '0', '--once', '--link', 'delay=100ms', '--json']);
	const server = await run.address();
	const client = await openRawUdp(t);
	client.send('hello', server);
	t.is(await client.nextText(), 'HELLO');
	t.is(await run.code, 0);
	const [sent] = run.all('datagram-sent');
	const left = run.all('amendment').filter(({event, change}) => event === sent?.event && change === 'left');
	t.is(left.length, 1, 'what became known later names the event');
});

test.serial('serve tcp sends what still waits before it ends by --until', async t => {
	const run = new Headless(t, [
		'serve', 'tcp', '--port', '0', '--reply', 'echo', '--link', 'delay=150ms', '--until', 'count=1',
	]);
	const client = await connectRaw(t, await run.address());
	client.write('hello');
	t.is(await client.readLike('hello'), 'hello');
	t.is(await run.code, 0);
});

test.serial('serve --for ends with code 0, and with code 4 where --until is not met by then', async t => {
	const runs = [[], ['--until', 'count=1'], ['--once']].map(more =>
		new Headless(t, ['serve', 'udp', '--port', '0', '--for', '200ms', ...more]));
	t.deepEqual(await Promise.all(runs.map(async ({code}) => code)), [0, 4, 4]);
	t.regex(runs[1]!.errors, /^socket-playground: 200 ms are over, and --until is not met\n$/);
});

for (const protocol of ['udp', 'tcp'] as const) {
	test.serial(`serve ${protocol} at an address that is taken ends with code 3, a reason and one line 'done'`, async t => {
		const {address: taken} = protocol === 'udp' ? await openRawUdp(t) : await openRawServer(t);
		const args = ['serve', protocol, '--port', String(taken.port)];
		const [json, plain] = [new Headless(t, [...args, '--json']), new Headless(t, args)];
		t.is(await json.code, 3);
		t.deepEqual(json.json.map(({type}) => type), [protocol === 'udp' ? 'bind-failed' : 'listen-failed', 'done']);
		t.like(json.json.at(-1), {code: 3, reason: 'failed'});
		t.is(await plain.code, 3);
		t.is(plain.text, '');
		t.regex(plain.errors, /^socket-playground: .*is in use.*\(EADDRINUSE\)\.\n$/);
		t.notRegex(plain.errors, /Esc/);
	});
}

test.serial('serve --json has ready first, numbers without gaps, done last, and nothing but JSON on standard output', async t => {
	const run = new Headless(t, ['serve', 'tcp', '--port', '0', '--json', '--seed', '7', '--reply', 'reverse']);
	const client = await connectRaw(t, await run.address());
	client.write(Uint8Array.of(0xC3, 0xA9, 0xFF, 0));
	await client.read(4);
	client.socket.resetAndDestroy();
	await run.until(() => run.text.includes('reset-received'), 'a reset');
	run.child.kill('SIGINT');
	t.is(await run.code, 0);
	t.like(run.json[0], {
		type: 'ready', command: 'serve', protocol: 'tcp', rule: 'reverse', seed: 7, link: 'perfect',
	});
	t.deepEqual(run.json.map(({sequence}) => sequence), run.json.map((_, index) => index));
	t.is(run.all('done').length, 1);
	t.like(run.json.at(-1), {type: 'done', code: 0, reason: 'signal'});
	t.like(run.all('chunk-received')[0], {base64: Buffer.of(0xC3, 0xA9, 0xFF, 0).toString('base64'), text: 'é\u{FFFD}\0'});
	t.is(run.errors, '');
});

test.serial('of a preset, what means nothing to TCP is told, and not done', async t => {
	const args = ['serve', 'tcp', '--port', '0', '--json', '--link', 'lossy', '--link-to-clients', 'pinger', '--for', '1ms'];
	const [told, quiet] = [new Headless(t, args), new Headless(t, [...args, '--quiet'])];
	t.deepEqual(await Promise.all([told.code, quiet.code]), [0, 0]);
	t.like(told.json[0], {type: 'ready', link: '100 ms ± 50 %'});
	const {overTcp} = en.link.panel;
	t.is(
		told.errors,
		`socket-playground: --link: ${overTcp('100 ms ± 50 %')}\nsocket-playground: --link-to-clients: ${overTcp('perfect')}\n`,
	);
	t.is(quiet.errors, '');
});

test.serial('a second signal ends a run at once, and the last line and the exit code say the same, whenever it comes', async t => {
	const args = ['serve', 'udp', '--port', '0', '--json', '--reply', 'echo'];
	const [early, late] = [new Headless(t, [...args, '--link', 'delay=60s']), new Headless(t, args)];
	const client = await openRawUdp(t);
	client.send('on its way for a minute', await early.address());
	await early.until(() => early.all('datagram-sent').length === 1, 'an answer');
	early.child.kill('SIGTERM');
	early.child.kill('SIGINT');
	await late.address();
	late.child.kill('SIGTERM');
	await late.until(() => late.all('done').length === 1, 'the last line');
	late.child.kill('SIGINT');
	// Of two signals that are pending, the system delivers either first.
	t.true([130, 143].includes(await early.code as number));
	t.is(await late.code, 0);
	for (const run of [early, late]) {
		t.like(run.json.at(-1), {type: 'done', code: await run.code, reason: 'signal'});
		t.is(run.all('done').length, 1);
	}
});

test.serial('serve ends quietly, with code 0, when whoever reads its output closes it', async t => {
	const run = new Headless(t, ['serve', 'udp', '--port', '0']);
	const server = await run.address();
	run.child.stdout!.destroy();
	const client = await openRawUdp(t);
	client.send('one', server);
	await client.nextText();
	t.is(await run.code, 0);
	t.is(run.errors, '');
});

test.serial('serve goes on answering while nobody reads its output, and says how many lines are missing', async t => {
	const run = new Headless(t, ['serve', 'udp', '--port', '0', '--reply', 'echo', '--json', '--until', 'count=400']);
	const server = await run.address();
	run.child.stdout!.pause();
	const client = await openRawUdp(t);
	const payload = 'x'.repeat(60_000);
	for (let count = 0; count < 400; count++) {
		client.send(payload, server);
		await client.inbox.next();
	}

	run.child.stdout!.resume();
	t.is(await run.code, 0);
	const missed = run.all('gap').reduce((sum, gap) => sum + gap.missed, 0);
	t.true(missed > 100, `${missed}`);
	t.is(run.json.length - run.all('gap').length - 2 + missed, 802, 'each event has a line, or is counted');
	t.like(run.json.at(-1), {type: 'done', reason: 'until', received: {count: 400}});
});

test.serial('serve refuses connections beyond --max-connections', async t => {
	const run = new Headless(t, ['serve', 'tcp', '--port', '0', '--max-connections', '1']);
	const server = await run.address();
	const first = await connectRaw(t, server);
	first.write('x');
	await first.read(1);
	const second = await connectRaw(t, server);
	await second.fin;
	await run.until(() => run.text.includes('connection limit reached'), 'the limit');
	t.regex(run.lines.at(-1)!, /connection limit reached \(1\)$/);
});

test.serial('serve at a host name tells the address that it has bound', async t => {
	const port = await freePort();
	const run = new Headless(t, ['serve', 'udp', '--host', 'localhost', '--port', String(port), '--lang', 'ko', '--for', '300ms']);
	const {host} = await run.address();
	t.regex(host, /^(?:127\.0\.0\.1|::1)$/);
	t.is(await run.code, 0);
	t.regex(run.text, /\p{Script=Hangul}/v);
});

test.serial('an option that the system refuses ends serve, send and relay with code 3 before they are ready, and is told', async t => {
	const server = await openRawUdp(t);
	const address = `127.0.0.1:${server.address.port}`;
	const option = ['--option', 'interface=nosuch0'];
	const runs = [
		['serve', 'udp', '--port', '0', ...option],
		['serve', 'udp', '--port', '0', '--json', '--quiet', ...option],
		['send', 'udp', address, 'hello', '--json', ...option],
		['relay', 'udp', ':0', address, '--json', ...option],
		['send', 'udp', '239.1.2.3:9', 'hello', '--json', '--wait', '0', '--option', 'join=239.1.2.3%nosuch0'],
	].map(args => new Headless(t, args));
	t.deepEqual(await Promise.all(runs.map(async run => run.code)), [3, 3, 3, 3, 3]);
	for (const run of runs) {
		t.regex(run.errors, /^socket-playground: .*nosuch0 failed \(ENODEV\)/m);
	}

	for (const run of runs.slice(1)) {
		t.deepEqual(run.all('ready'), []);
		t.is(run.all('option-failed').length, 1);
		t.like(run.json.at(-1), {type: 'done', code: 3, reason: 'failed'});
	}

	server.send('nothing came before', server.address);
	t.is(await server.nextText(), 'nothing came before');
});

test.serial('what a module of reply rules writes, and throws where nothing catches it, are lines of JSON, and do not end it', async t => {
	const folder = await temporaryFolder(t);
	const rule = path.join(folder, 'rule.mjs');
	await writeFile(rule, String.raw`
		process.stdout.write('raw, when it is loaded\n');
		export default message => {
			process.stdout.write('raw, for a message\n');
			console.log('to the console');
			setImmediate(() => { throw new TypeError('later'); });
			Promise.reject(new Error('floating'));
			return message;
		};
	`);
	const run = new Headless(t, ['serve', 'udp', '--port', '0', '--reply', rule, '--json', '--for', '30s']);
	const client = await openRawUdp(t);
	const server = await run.address();
	client.send('one', server);
	await run.until(() => run.all('rule-failed').length === 2, 'both failures');
	client.send('two', server);
	t.is(await client.nextText(), 'one');
	t.is(await client.nextText(), 'two');
	run.child.kill('SIGTERM');
	t.is(await run.code, 0);
	t.deepEqual(run.all('rule-printed').slice(0, 3).map(({text}) => text), [
		'raw, when it is loaded', 'raw, for a message', 'to the console',
	]);
	t.deepEqual(run.all('rule-failed').slice(0, 2).map(({problem}) => problem).toSorted(), ['Error: floating', 'TypeError: later']);
	t.deepEqual(run.json.slice(0, 1).map(({type}) => type), ['ready']);
	t.is(run.errors, '');
});

test.serial('a module can neither end the process nor its standard output: that is told, and serve goes on', async t => {
	const folder = await temporaryFolder(t);
	const rule = path.join(folder, 'exit.mjs');
	await writeFile(path.join(folder, 'helper.mjs'), 'export const later = () => setImmediate(() => process.exit(0));');
	await writeFile(rule, `
		import fs from 'node:fs';
		import console from 'node:console';
		import {exit, stdout} from 'node:process';
		import {later} from './helper.mjs';
		const acts = {
			exit: () => process.exit(0),
			named: () => exit(0),
			abort: () => process.abort(),
			later,
			end() { process.stdout.end('the end'); process.stderr.destroy(); stdout._destroy(null, () => {}); },
			descriptor: () => fs.writeSync(process.stdout.fd, 'no line'),
			console: () => console.log('by its module'),
			code() { process.exitCode = 7; },
		};
		export default message => {
			acts[String(Buffer.from(message))]();
			return message;
		};
	`);
	const run = new Headless(t, ['serve', 'udp', '--port', '0', '--reply', rule, '--json']);
	const client = await openRawUdp(t);
	const server = await run.address();
	for (const act of ['exit', 'named', 'abort', 'descriptor', 'later', 'end', 'console', 'code']) {
		client.send(act, server);
	}

	for (const act of ['later', 'end', 'console', 'code']) {
		t.is(await client.nextText(), act);
	}

	await run.until(() => run.all('rule-failed').length === 5, 'five failures');
	run.child.kill('SIGTERM');
	t.is(await run.code, 0);
	t.like(run.json.at(-1), {
		type: 'done', code: 0, reason: 'signal', received: {count: 8},
	});
	const problems = run.all('rule-failed').map(({problem}) => problem);
	const endingCall = (name: string): string => faultText(['endingCall', `process.${name}()`]);
	t.deepEqual(problems.filter(problem => !problem.includes('"fd"')).toSorted(), [
		endingCall('abort'), endingCall('exit'), endingCall('exit'), endingCall('exit'),
	]);
	t.deepEqual(run.all('rule-printed').map(({text}) => text), ['the end', 'by its module']);
	t.is(run.errors, '');
});

test.serial('a module with an await that never settles ends serve with a last line that says so, and code 1', async t => {
	const rule = path.join(await temporaryFolder(t), 'await.mjs');
	await writeFile(rule, `
		const setCode = () => { process.exitCode = 9; };
		process.on('exit', setCode).prependListener('exit', setCode);
		await new Promise(() => {});
		export default message => message;
	`);
	const run = new Headless(t, ['serve', 'udp', '--port', '0', '--reply', rule, '--json']);
	t.is(await run.code, 1);
	t.like(run.json.at(-1), {
		type: 'done', code: 1, reason: 'failed', message: en.headless.exited(true),
	});
	t.is(run.all('done').length, 1);
	t.is(run.errors, `socket-playground: ${en.headless.exited(true)}\n`);
});

test.serial('timers of a module neither keep a run that is over, nor end it, nor write among its last lines', async t => {
	const folder = await temporaryFolder(t);
	const bodies = ['', 'throw new Error("late");', 'process.exit(7);', 'process.stdout.write("no JSON");'];
	const runs = await Promise.all(bodies.map(async (body, index) => {
		const rule = path.join(folder, `timer-${index}.mjs`);
		// In every turn of the event loop.
		await writeFile(rule, `
			const act = () => { setImmediate(act); ${body} };
			export default message => { setImmediate(act); return message; };
			process.on('exit', () => { process.exitCode = 9; });
		`);
		return new Headless(t, ['serve', 'tcp', '--port', '0', '--reply', rule, '--json']);
	}));
	for (const run of runs) {
		const client = await connectRaw(t, await run.address());
		// The last lines have to wait for their reader.
		run.child.stdout!.pause();
		client.write(Buffer.alloc(200_000));
		await client.read(200_000);
		run.child.kill('SIGTERM');
		run.child.stdout!.resume();
		t.is(await run.code, 0);
		t.like(run.json.at(-1), {type: 'done', code: 0});
		t.is(run.errors, '');
	}
});

test.serial('a run that something else than a module ends early says that it was not done, in its language', async t => {
	const folder = await temporaryFolder(t);
	const table = path.join(folder, 'rules.yaml');
	await writeFile(table, 'rules: [{match: {any: true}, answer: {text: x}}]');
	const env = {
		LC_ALL: 'ko_KR.UTF-8',
		NODE_OPTIONS: '--import=data:text/javascript,process.on(`SIGUSR2`,()=>process.exit(0))',
	};
	const runs = [[], ['--reply', table]].map(rules =>
		new Headless(t, ['serve', 'udp', '--port', '0', '--json', ...rules], undefined, env));
	for (const run of runs) {
		await run.address();
		run.child.kill('SIGUSR2');
		t.is(await run.code, 1);
		t.like(run.json.at(-1), {type: 'done', code: 1, message: ko.headless.exited(false)});
		t.is(run.errors, `socket-playground: ${ko.headless.exited(false)}\n`);
	}
});
