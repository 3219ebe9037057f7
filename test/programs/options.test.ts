import {once} from 'node:events';
import test from 'ava';
import type {Address} from '../../source/log/event.ts';
import {type SourceLanguage, sourceLanguages} from '../../source/programs/languages.ts';
import {type Call, noDelayCall, boundStreamCalls} from '../../source/log/calls.ts';
import {runListing, whyNot} from '../helpers/listing-program.ts';
import {isInstalled} from '../helpers/program.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';
import {skipped} from '../helpers/skipped.ts';

/** With -D the program itself is the child, so that what ends it does not end strace only. */
const strace = ['strace', '-D', '-f', '-e', 'trace=setsockopt', '-e', 'signal=none'];

/** The options that a trace says were set, as the calls view writes them. */
function tracedOptions(trace: string): string[] {
	return [...trace.matchAll(/setsockopt\(\d+, (\w+), (\w+), \[(\d+)]/g)].map(([, level = '', option, value]) =>
		[level.replace(/^SOL_(?=TCP|IPV6)/, 'IPPROTO_'), option, value].join(' '));
}

function shownOptions(calls: readonly Call[]): string[] {
	return calls.filter(({name}) => name === 'setsockopt').map(call =>
		call.arguments.map(value => typeof value === 'object' ? JSON.stringify(value) : String(value)).join(' '));
}

/** Why nothing can be traced here; undefined where it can. */
function whyNotTraced(language: SourceLanguage, host: string): string | undefined {
	return isInstalled('strace') ? whyNot(language, host) : 'strace is not installed';
}

for (const language of sourceLanguages) {
	for (const host of ['127.0.0.1', '::1']) {
		test(`a TCP server in ${language} sets the options that its pane sets, on ${host}`, async t => {
			const missing = whyNotTraced(language, host);
			if (missing !== undefined) {
				skipped(t, missing);
				return;
			}

			const address: Address = {host, port: 0};
			const server = await runListing(t, {
				role: 'server', protocol: 'tcp', address, rule: 'echo', closeAfterReply: false,
			}, language, strace);
			const raw = await connectRaw(t, await server.address());
			raw.socket.write('hello');
			await once(raw.socket, 'data');
			server.interrupt('SIGTERM');
			await server.code;
			t.deepEqual(tracedOptions(server.errors), shownOptions([...boundStreamCalls(address), noDelayCall]));
		});
	}

	test(`a TCP client in ${language} sets the options that its pane sets`, async t => {
		const missing = whyNotTraced(language, '127.0.0.1');
		if (missing !== undefined) {
			skipped(t, missing);
			return;
		}

		const {address, accepted} = await openRawServer(t);
		const client = await runListing(t, {role: 'client', protocol: 'tcp', address}, language, strace);
		const {socket} = await accepted.next();
		client.endInput();
		socket.end();
		await client.code;
		t.deepEqual(tracedOptions(client.errors), shownOptions([noDelayCall]));
	});
}
