import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import ts from 'typescript';
import {hostKind} from '../../source/programs/host.ts';
import {listingForms, type SourceLanguage, sourceLanguages} from '../../source/programs/languages.ts';
import type {Program} from '../../source/programs/listing.ts';
import type {ListingCall} from '../../source/programs/template.ts';
import {
	hosts, programsAt, programsWithOptions, programsWithText, readPrograms,
} from '../helpers/every-program.ts';
import {
	listingOf, listingText, run, warnings, whyNot,
} from '../helpers/listing-program.ts';
import {skipped} from '../helpers/skipped.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const others = [...programsWithOptions, ...programsWithText];

function callsOf({role, protocol, ...rest}: Program, language: SourceLanguage): ListingCall[] {
	if (role === 'client') {
		return protocol === 'udp'
			? ['socket', 'bind', 'sendto', 'recvfrom', 'close']
			: ['socket', 'connect', 'TCP_NODELAY', 'send', 'recv', 'shutdown', 'close'];
	}

	// A name may have addresses of either family. In C it is looked up for one of IPv4.
	const kind = hostKind(rest.address.host);
	const isIpv6 = kind === 'ipv6' || (kind === 'name' && language !== 'c');

	const isSilent = 'rule' in rest && rest.rule === 'discard';
	return protocol === 'udp'
		? ['socket', 'bind', 'recvfrom', ...(isSilent ? [] : ['sendto'] as const), 'close']
		: [
			'socket',
			'SO_REUSEADDR',
			...(isIpv6 ? ['IPV6_V6ONLY'] as const : []),
			'bind',
			'listen',
			'accept',
			'TCP_NODELAY',
			'recv',
			...(isSilent ? [] : ['send'] as const),
			'shutdown',
			'close',
		];
}

function nameOf(program: Program): string {
	return JSON.stringify(program);
}

for (const language of sourceLanguages) {
	test(`says what of the pane's framing and encoding is not in the program, in ${language}`, t => {
		for (const program of programsWithText) {
			for (const form of listingForms) {
				const {lacks} = listingOf(program, language, 'en', form);
				const text = listingText(program, language, 'en', form);
				t.is(text.includes('Without the pane\'s framing'), lacks.includes('framing'));
				t.is(text.includes('Without the pane\'s encoding'), lacks.includes('encoding'));
				const isFramed = program.framing !== 'none' && !lacks.includes('framing');
				t.is(text.includes('messages(') && text.includes('framed('), isFramed);
				const named = /["'](?:cp949|latin-?1|iso-8859-1|utf-?16-?le)["']/i.test(text);
				const isOfBytes = program.role === 'server' && ['echo', 'discard'].includes(program.rule);
				t.is(named, program.encoding !== undefined && !isOfBytes && !lacks.includes('encoding'), `of ${nameOf(program)}`);
				t.true(language !== 'python' || form === 'short' || lacks.length === 0);
			}
		}
	});

	test(`marks each call of a role on exactly one line, in ${language}`, t => {
		for (const program of [...programsAt('127.0.0.1'), ...programsAt('::1')]) {
			const marked = listingOf(program, language).lines.flatMap(({calls}) => calls ?? []);
			t.deepEqual(marked.toSorted(), callsOf(program, language).toSorted(), `of ${nameOf(program)}`);
		}
	});

	test(`marks the lookup of a name too, in ${language}`, t => {
		for (const program of programsAt('localhost')) {
			// Node looks a server's name up within listen().
			const isHidden = language === 'javascript' && program.role === 'server' && program.protocol === 'tcp';
			const marked = listingOf(program, language).lines.flatMap(({calls}) => calls ?? []);
			const lookups = isHidden ? [] : ['getaddrinfo'] as const;
			t.deepEqual(marked.toSorted(), [...callsOf(program, language), ...lookups].toSorted(), `of ${nameOf(program)}`);
		}
	});

	test(`names the call that it marks, in ${language}`, t => {
		const node = /createSocket|destroySoon|\.end\(\)|\.write\(|on\('(?:message|data|connection)'|\.send\(|lookup/;
		const other = /connect\(|setsockopt\(|sendall|\bsendto|connection\.recv|while/;
		for (const program of programsAt('localhost')) {
			for (const {text, calls} of listingOf(program, language).lines) {
				const isNamed = calls?.some(call => text.includes(`${call}(`)) ?? true;
				t.true(isNamed || node.test(text) || other.test(text), `line ${text}`);
			}
		}
	});

	test(`fits a pane and has nothing left to fill in, in ${language}`, t => {
		const lines = [...hosts.flatMap(host => programsAt(host, 65_535)), ...others].flatMap(program =>
			listingForms.flatMap(form => listingOf(program, language, 'en', form).lines));
		for (const text of new Set(lines.map(line => line.text))) {
			t.true(text.length <= 75, `line ${text}`);
			t.notRegex(text, /[^\u{20}-\u{7E}]|undefined|\s$/u);
		}
	});

	test(`the short form marks each call that a book's program makes on exactly one line, in ${language}`, t => {
		for (const host of ['127.0.0.1', '::1']) {
			for (const program of programsAt(host)) {
				const lines = listingOf(program, language, 'en', 'short').lines.filter(({calls}) => calls);
				const wanted = callsOf(program, language).filter(call =>
					call === call.toLowerCase() && call !== 'shutdown'
					&& !(call === 'close' && program.role === 'server' && program.protocol === 'udp'));
				t.deepEqual(lines.flatMap(({calls}) => calls!).toSorted(), wanted.toSorted(), `of ${nameOf(program)}`);
				for (const {text, calls} of lines) {
					const node = /createSocket|net\.|createServer|once\(|\.end\(|\.write\(|\.on(?:ce)?\('|\.send\(|\.listen\(/;
					t.true(calls!.some(call => text.includes(`${call}(`)) || node.test(text) || text.includes('sendall('), `line ${text}`);
				}
			}
		}
	});

	test(`the short form is about as long as a book's program, in ${language}`, t => {
		for (const program of programsAt('127.0.0.1')) {
			const {length} = listingOf(program, language, 'en', 'short').lines;
			const isChat = program.role === 'server' && program.rule === 'chat';
			const most = (language === 'c' ? 37 : 18) * (isChat ? 2 : 1);
			t.true(length >= 10 && length <= most, `${length}: ${nameOf(program)}`);
			t.true(length < listingOf(program, language).lines.length / (isChat ? 1 : 1.5));
		}
	});

	test(`stays short, in ${language}`, t => {
		const most = language === 'c' ? 160 : 80;
		for (const program of programsAt('127.0.0.1')) {
			const {length} = listingOf(program, language).lines;
			t.true(length >= 20 && length <= most, `${length}: ${nameOf(program)}`);
		}
	});

	test(`fills in its address, in ${language}`, t => {
		for (const host of ['2001:db8::7', '198.51.100.7', 'somewhere.example']) {
			for (const program of programsAt(host, 4321)) {
				for (const text of listingForms.map(form => listingText(program, language, 'en', form))) {
					t.regex(text, new RegExp(`["']${host}["']`), `of ${nameOf(program)}`);
					t.regex(text, /\b4321\b/, `of ${nameOf(program)}`);
				}
			}
		}

		const address = {host: '안녕.example', port: 1};
		t.regex(listingText({role: 'client', protocol: 'udp', address}, language), /["']xn--o70b819a.example["']/);
	});
}

test('names its file after its role', t => {
	const names = sourceLanguages.flatMap(language => listingForms.flatMap(form =>
		programsAt('::1').map(program => listingOf(program, language, 'en', form).fileName)));
	const roles = ['tcp_client', 'tcp_server', 'udp_client', 'udp_server'].flatMap(role => [role, `${role}_short`]);
	t.deepEqual(
		[...new Set(names)].toSorted(),
		roles.flatMap(name => [`${name}.c`, `${name}.mjs`, `${name}.py`]).toSorted(),
	);
});

test('says who picks the port and who can reach the server', t => {
	const texts = (host: string, language: SourceLanguage): string[] =>
		programsAt(host, 0).slice(0, 2).map(program => listingText(program, language));
	const [client = '', server = ''] = texts('127.0.0.1', 'python');
	t.notRegex(client, /OS picks one/);
	t.regex(server, /loopback.*\n.*OS picks one/);
	t.regex(texts('0.0.0.0', 'c').at(-1) ?? '', /every address of this machine/);
});

test('every listing in JavaScript is read without an error', t => {
	for (const [program, form] of readPrograms.javascript.flatMap(program =>
		listingForms.map(form => [program, form] as const))) {
		const {diagnostics} = ts.transpileModule(listingText(program, 'javascript', 'en', form), {
			reportDiagnostics: true,
			fileName: 'listing.mjs',
			compilerOptions: {module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022},
		});
		t.deepEqual(diagnostics?.map(({messageText}) => messageText), [], `of ${nameOf(program)}`);
	}
});

test('every listing in Python is read without an error', async t => {
	const missing = whyNot('python');
	if (missing !== undefined) {
		skipped(t, missing);
		return;
	}

	const texts = readPrograms.python.flatMap(program =>
		listingForms.map(form => listingText(program, 'python', 'en', form)));
	const code = 'import json, sys\nfor text in json.load(sys.stdin): compile(text, "listing", "exec")';
	await t.notThrowsAsync(run('python3', ['-W', 'error', '-c', code], JSON.stringify(texts)));
});

test('every listing in C compiles without a warning', async t => {
	const missing = whyNot('c');
	if (missing !== undefined) {
		skipped(t, missing);
		return;
	}

	const folder = await temporaryFolder(t);
	const texts = readPrograms.c.flatMap(program => listingForms.map(form => listingText(program, 'c', 'en', form)));
	const files = [...new Set(texts)].map((text, index) => ({file: path.join(folder, `${index}.c`), text}));
	await Promise.all(files.map(async ({file, text}) => writeFile(file, text)));
	await t.notThrowsAsync(run('cc', [...warnings, '-fsyntax-only', ...files.map(({file}) => file)]));
});
