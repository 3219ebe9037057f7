import test from 'ava';
import {wrap} from '../../../source/screen/frame/paint.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import type {Address, SocketFailure} from '../../../source/log/event.ts';

const server = {host: '127.0.0.1', port: 12_000};
const server6 = {host: '2001:db8::7', port: 12_000};

/** What a failure is said to mean, in English and in Korean. */
function told(code: string, syscall: string, address: Address = server, isServer = false): [string, string] {
	const failure: SocketFailure = {code, syscall, message: `${syscall} ${code}`};
	return [en.failure(failure, address, isServer), ko.failure(failure, address, isServer)];
}

const codes = [
	'EADDRINUSE',
	'EADDRNOTAVAIL',
	'EACCES',
	'EPERM',
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'ENETUNREACH',
	'EHOSTUNREACH',
	'ETIMEDOUT',
	'ECONNRESET',
	'EPIPE',
	'EINVAL',
	'ENODEV',
	'EAFNOSUPPORT',
	'ECANCELED',
	'ECONNABORTED',
	'ENOTCONN',
	'EMFILE',
	'ENFILE',
	'ENOBUFS',
	'ENOMEM',
	'EMSGSIZE',
	'ERR_SOCKET_BAD_PORT',
];

/** Of an open socket, or a client's: in the server's pane, Esc o stops the server. */
const ofClient = /Esc o (?:connects|tries)|Esc o로 다시 (?:연결|시도)합니다/;

test('what fails in a server\'s pane never sends its reader to a client\'s keys', t => {
	for (const code of codes) {
		for (const syscall of ['bind', 'listen', 'accept', 'read', 'write', 'send', 'recvmsg', 'getaddrinfo']) {
			for (const text of told(code, syscall, server, true)) {
				t.notRegex(text, ofClient, `${syscall} ${code}`);
				// A relay has its port in LISTEN.
				t.notRegex(text, /--port/, `${syscall} ${code}`);
			}
		}
	}

	for (const words of [en, ko]) {
		t.notRegex(words.refusal({reason: 'sending-finished'}, true), /Esc o/);
		t.regex(words.refusal({reason: 'sending-finished'}), /Esc o/);
	}

	for (const text of [...told('ECONNRESET', 'read'), ...told('ECONNREFUSED', 'connect'), ...told('ETIMEDOUT', 'connect')]) {
		t.regex(text, ofClient);
	}
});

test('every code has a sentence of its own, and names itself', t => {
	for (const code of codes) {
		for (const [index, text] of told(code, 'connect').entries()) {
			t.true(text.includes(code) || code.startsWith('ERR_'), `${code} in ${text}`);
			const plain = [en, ko][index]!.failure({code: 'EWHATEVER', syscall: 'connect', message: ''}, server, false);
			t.not(text.replace(code, ''), plain.replace('EWHATEVER', ''));
		}
	}
});

test('an address that is in use is told apart from a client for whom no port is left', t => {
	for (const text of told('EADDRINUSE', 'listen', server, true)) {
		t.true(text.includes('127.0.0.1:12000'));
		t.notRegex(text, /program|프로그램/);
	}

	for (const text of told('EADDRINUSE', 'listen', {host: '127.0.0.1', port: 65_535}, true)) {
		t.true(wrap(`✗ ${text}`, 76).length <= 2, 'it fits the two lines of a status at 80 columns');
	}

	for (const text of told('EADDRINUSE', 'bind', {host: '0.0.0.0', port: 0})) {
		t.notRegex(text, /0\.0\.0\.0|--port/);
	}
});

test('an address that is not this machine\'s is told apart from a connect() for which no port is left', t => {
	for (const text of told('EADDRNOTAVAIL', 'bind', server, true)) {
		t.notRegex(text, /TIME_WAIT/);
	}

	for (const text of told('EADDRNOTAVAIL', 'connect')) {
		t.regex(text, /TIME_WAIT/);
		t.notRegex(text, /IPv6/);
	}

	for (const text of told('EADDRNOTAVAIL', 'connect', server6)) {
		t.regex(text, /TIME_WAIT/);
		t.regex(text, /IPv6/);
	}
});

test('a permission is told by the call that wants it', t => {
	for (const text of told('EACCES', 'bind', {host: '127.0.0.1', port: 80}, true)) {
		t.regex(text, /1024/);
	}

	for (const text of [...told('EACCES', 'bind', server, true), ...told('EPERM', 'send')]) {
		t.notRegex(text, /1024|SO_BROADCAST/);
	}

	for (const text of told('EACCES', 'send', {host: '255.255.255.255', port: 9})) {
		t.regex(text, /SO_BROADCAST/);
	}
});

test('a refused connection is told apart from a datagram that found no socket', t => {
	for (const text of told('ECONNREFUSED', 'recvmsg')) {
		t.regex(text, /ICMP/);
	}

	for (const text of told('ECONNREFUSED', 'connect')) {
		t.notRegex(text, /ICMP/);
	}
});

test('a link-local address without a zone, and one whose zone no interface has, are explained', t => {
	for (const code of ['EINVAL', 'ENODEV']) {
		for (const text of told(code, 'bind', {host: 'fe80::1', port: 7}, true)) {
			t.true(text.includes('[fe80::1%eth0]'), `a zone in ${text}`);
		}

		for (const text of told(code, '', {host: 'fe80::1%eth7', port: 7})) {
			t.regex(text, /(?:interface|인터페이스) eth7/);
		}
	}

	for (const text of told('EINVAL', 'bind', server, true)) {
		t.notRegex(text, /ip addr/);
	}
});

test('a look-up without a file descriptor is not called an unknown name', t => {
	const unknown = told('ENOTFOUND', 'getaddrinfo', {host: 'localhost', port: 9});
	for (const [index, text] of told('EMFILE', 'getaddrinfo', {host: 'localhost', port: 9}).entries()) {
		t.regex(text, /localhost.*EMFILE.*ulimit -n/);
		t.not(text, unknown[index]);
	}
});

test('a datagram that is too long hears the limit of its own version of IP', t => {
	for (const words of [en, ko]) {
		t.regex(words.messageTooLong(70_000, 65_507, 4), /IPv4.*65,507/);
		t.regex(words.messageTooLong(70_000, 65_527, 6), /IPv6.*65,527/);
	}
});

for (const [language, words] of [['en', en], ['ko', ko]] as const) {
	test(`a file that could not be saved is told with its code once, and with what to do where that is known, in ${language}`, t => {
		for (const code of ['EACCES', 'EROFS', 'EPERM', 'ENOENT', 'ENOSPC', 'EMFILE', 'EIO']) {
			const said = words.refusal({
				reason: 'save-failed', failure: {code, syscall: 'open', message: `${code}: as the system says it, open '/a/b'`},
			});
			t.is(said.split(code).length, 2, `it is "${said}"`);
			t.is(said.includes('as the system says it'), code === 'EMFILE' || code === 'EIO');
		}

		const fault = words.refusal({reason: 'save-failed', failure: {code: '', syscall: '', message: 'Error: a fault'}});
		t.true(fault.endsWith(': Error: a fault'));
		t.notRegex(fault, /\(\)/);
	});
}
