import {once} from 'node:events';
import test from 'ava';
import type {Address} from '../../source/log/event.ts';
import {optionCalls} from '../../source/log/calls/option-calls.ts';
import {type SourceLanguage, sourceLanguages} from '../../source/programs/languages.ts';
import type {ProgramOption} from '../../source/programs/option-lines.ts';
import {type Call, noDelayCall, boundStreamCalls} from '../../source/log/calls/calls.ts';
import {runListing, whyNot} from '../helpers/listing-program.ts';
import {everyOption} from '../helpers/every-program.ts';
import {freeAddress} from '../helpers/loopback.ts';
import {isInstalled} from '../helpers/program.ts';
import {tracedOption} from '../helpers/traced-option.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';
import {skipped} from '../helpers/skipped.ts';

/** With -D the program itself is the child, so that what ends it does not end strace only. */
const strace = ['strace', '-D', '-f', '-e', 'trace=setsockopt,bind,listen', '-e', 'signal=none'];

/** The options that a trace says were set, as the calls view writes them; those that were refused with their error. */
function tracedOptions(trace: string): string[] {
	return [...trace.matchAll(/setsockopt\((.*)\) += (?:0|-1 (\w+))/g)].map(([, given = '', error]) =>
		[tracedOption(given), error ?? []].flat().join(' '));
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

	for (const [role, host] of [['server', '127.0.0.1'], ['client', '::1']] as const) {
		const family = host === '::1' ? 6 : 4;
		const callsOf = (options: readonly ProgramOption[]): Call[] => options
			.filter(({lacksInterface}) => !lacksInterface)
			.flatMap(({option, via}) => optionCalls(option, {family, via}));

		test(`a UDP ${role} in ${language} sets every option that its pane has, on ${host}`, async t => {
			const missing = whyNotTraced(language, host);
			if (missing !== undefined) {
				skipped(t, missing);
				return;
			}

			const options = everyOption('udp', family);
			const address: Address = {host, port: role === 'server' ? 0 : 9};
			const listing = await runListing(t, role === 'server'
				? {
					role, protocol: 'udp', address, rule: 'echo', closeAfterReply: false, options,
				}
				: {
					role, protocol: 'udp', address, options, source: {host, port: 0},
				}, language, strace);
			if (role === 'server') {
				await listing.address();
				listing.interrupt('SIGTERM');
			} else {
				listing.endInput();
			}

			await listing.code;
			t.deepEqual(tracedOptions(listing.errors), shownOptions(callsOf(options)));
			t.regex(listing.errors, family === 6 ? /bind\(.*sin6_port=htons\(0\).*"::1"/ : /bind\(.*127\.0\.0\.1/);
		});
	}

	// With Node, sockets have the Nagle algorithm unless told otherwise: no call is needed to have it.
	const tcpOptions = everyOption('tcp', 4);
	const sets = tcpOptions.flatMap(({option}) => optionCalls(option, {family: 4})).filter(({arguments: [, option]}) =>
		language !== 'javascript' || option !== 'TCP_NODELAY');

	test(`a TCP server in ${language} sets every option that its pane has`, async t => {
		const missing = whyNotTraced(language, '127.0.0.1');
		if (missing !== undefined) {
			skipped(t, missing);
			return;
		}

		const address = {host: '127.0.0.1', port: 0};
		const server = await runListing(t, {
			role: 'server', protocol: 'tcp', address, rule: 'echo', closeAfterReply: false, options: tcpOptions,
		}, language, strace);
		const raw = await connectRaw(t, await server.address());
		raw.socket.write('hello');
		await once(raw.socket, 'data');
		server.interrupt('SIGTERM');
		await server.code;
		t.deepEqual(tracedOptions(server.errors), shownOptions([...boundStreamCalls(address), ...sets]));
		t.regex(server.errors, /listen\(\d+, 7\)/);
	});

	test(`a TCP client in ${language} sets every option that its pane has, and has its source`, async t => {
		const missing = whyNotTraced(language, '127.0.0.1');
		if (missing !== undefined) {
			skipped(t, missing);
			return;
		}

		const {address, accepted} = await openRawServer(t);
		const source = await freeAddress();
		const client = await runListing(t, {
			role: 'client', protocol: 'tcp', address, options: tcpOptions, source,
		}, language, strace);
		const {socket} = await accepted.next();
		t.deepEqual({host: socket.remoteAddress, port: socket.remotePort}, source);
		client.endInput();
		socket.end();
		await client.code;
		t.deepEqual(tracedOptions(client.errors), shownOptions([...boundStreamCalls(source), ...sets]));
	});
}
