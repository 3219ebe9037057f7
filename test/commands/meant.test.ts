/* What is proposed to whoever types what other programs take, or slips. */
import test from 'ava';
import {readOptions} from '../../source/commands/options.ts';
import {UsageError} from '../../source/commands/tokens.ts';
import {subcommands} from '../../source/commands/subcommands.ts';

/** What is said of a command line that cannot be used. */
function problem(typed: string): string {
	const argv = typed.split(' ').filter(word => word !== '');
	const error = errorOf(() => readOptions(argv, {}, {subcommands: subcommands.flatMap(({name}) => name ?? [])}));
	if (error instanceof UsageError) {
		return error.message;
	}

	throw error instanceof Error ? error : new Error(`${typed} was read`);
}

function errorOf(read: () => unknown): unknown {
	try {
		read();
		return undefined;
	} catch (error) {
		return error;
	}
}

/** What is typed, and the arguments that are proposed for it; undefined where nothing can be. */
const proposals: ReadonlyArray<readonly [string, string | undefined]> = [
	// A subcommand behind its options.
	['--lang ko learn udp', 'learn udp --lang ko'],
	['-p tcp serve', 'serve -p tcp'],
	// Habits of nc and ncat.
	['-l 9000', '-p tcp --port 9000'],
	['-l9000', '-p tcp --port 9000'],
	['-lp 80', '-p tcp --port 80'],
	['-nlvp 4444', '-p tcp --port 4444'],
	['-lu', '-p udp'],
	['-lu 9000', '-p udp --port 9000'],
	['-ul 0.0.0.0 9000', '-p udp --host 0.0.0.0 --port 9000'],
	['-lk 9000', '-p tcp --port 9000'],
	['--listen --udp 9000', '-p udp --port 9000'],
	['-u', '-p udp'],
	['-k', ''],
	['-v', '--version'],
	['-V', '--version'],
	['-v localhost 80', '-p tcp --connect localhost:80'],
	['-6', '--host ::1'],
	['-p 80', '--port 80'],
	['-p80', '--port 80'],
	['-w 3 localhost 80', '-p tcp --connect localhost:80'],
	['-u localhost 9000', '-p udp --connect localhost:9000'],
	['localhost 8080', '-p tcp --connect localhost:8080'],
	['::1 8080', '-p tcp --connect \'[::1]:8080\''],
	['8080', '--port 8080'],
	['localhost:8080', '--connect localhost:8080'],
	['--keep-open --listen 80 --broker', '-p tcp --port 80 --reply chat'],
	['-z localhost 1-100', undefined],
	['-e /bin/sh 80', undefined],
	['--ssl localhost 443', undefined],
	// Of socat, shells and browsers.
	['TCP-LISTEN:9000,fork,reuseaddr', '-p tcp --port 9000'],
	['- UDP4:localhost:53', '-p udp --connect localhost:53'],
	['udp:127.0.0.1:9000', '-p udp --connect 127.0.0.1:9000'],
	['127.0.0.1/9000', '--connect 127.0.0.1:9000'],
	['/dev/tcp/localhost/80', '-p tcp --connect localhost:80'],
	['--connect http://localhost:8080/', '-p tcp --connect localhost:8080'],
	['--connect https://localhost', '-p tcp --connect localhost:443'],
	['udp://localhost:9', '-p udp --connect localhost:9'],
	// Addresses that are nearly one.
	['--connect ::1:9000', '--connect \'[::1]:9000\''],
	['--connect ::1', '--connect \'[::1]:12000\''],
	['--connect localhost', '--connect localhost:12000'],
	['--connect localhost:', '--connect localhost:12000'],
	['--connect 9000', '--connect 127.0.0.1:9000'],
	['--connect :9000', '--connect 127.0.0.1:9000'],
	['--connect 127.0.0.1:70000', undefined],
	['--host 127.0.0.1:80', '--host 127.0.0.1 --port 80'],
	['--port :80', '--port 80'],
	['--port 70000', undefined],
	// Full width, and dashes of a document.
	['--connect 127.0.0.1：9000', '--connect 127.0.0.1:9000'],
	['--port ８０', '--port 80'],
	['—port 80', '--port 80'],
	['－－port 80', '--port 80'],
	// Slips, and other names.
	['--hots ::1', '--host ::1'],
	['--prot tcp', '-p tcp'],
	['--conect localhost:1', '--connect localhost:1'],
	['--closeAfterReply', '--close-after-reply'],
	['--PORT 80', '--port 80'],
	['--tcp', '-p tcp'],
	['tcp', '-p tcp'],
	['--protocol TCP', '-p tcp'],
	['--reply ECHO', '--reply echo'],
	['--reply revers', '--reply reverse'],
	['--link wfi', '--link wifi'],
	['--loss 30% --delay 100ms', '--link loss=30%,delay=100ms'],
	['--lang kr', '--lang ko'],
	['help', '--help'],
	['--such-flag', undefined],
	['serve-me', undefined],
	['--seed lucky', undefined],
	['--hots ::1 --seed lucky', undefined],
];

for (const [typed, meant] of proposals) {
	test(`'${typed}' is told ${meant === undefined ? 'without a proposal' : `what was probably meant: '${meant}'`}`, t => {
		const [, proposed] = /; perhaps: socket-playground ?(.*)$/.exec(problem(typed)) ?? [];
		t.is(proposed, meant);
	});
}

test('names the word that is wrong as it was typed', t => {
	t.true(problem('-V').startsWith('unknown option -V; allowed are --protocol (-p), '));
	t.true(problem('-lu 9000').startsWith('unknown option -lu; '));
	t.true(problem('--no-such-flag').startsWith('unknown option --no-such-flag; '));
	t.true(problem('localhost 8080').startsWith('unexpected argument \'localhost\'; '));
});
