import {spawn} from 'node:child_process';
import {connect, type Socket} from 'node:net';
import path from 'node:path';
import {createInterface} from 'node:readline';
import test from 'ava';
import {typescript} from '../helpers/run-program.ts';
import {skipped} from '../helpers/skipped.ts';
import type {SocketFailure} from '../../source/log/event.ts';
import {limitOfFiles, mayLackFiles} from '../../source/sockets/open-files.ts';
import {en} from '../../source/screen/words/en.ts';

/** What the fixture prints at its end. */
type Report = Record<'accepted' | 'rows' | 'rejected', number> & {
	readonly causes: unknown;
	readonly limits: unknown;
	readonly full: unknown;
	readonly failure: SocketFailure;
};

const program = path.join(import.meta.dirname, '../fixtures/few-files.ts');
const most = 80;

test('clients are told in few rows for whom no file descriptor is left, and a name is not said to be unknown', async t => {
	if (process.platform === 'win32') {
		skipped(t, 'there is no ulimit');
		return;
	}

	const child = spawn('sh', ['-c', 'ulimit -n 64; exec "$0" "$@"', process.execPath, typescript, program]);
	t.teardown(() => child.kill('SIGKILL'));
	const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
	const {value: port} = await lines.next() as {value: string};
	const sockets: Socket[] = [];
	const ended = new Set<Socket>();
	const began = performance.now();
	// The first is told at once, the two after it together.
	for (let index = 0; index < most && ended.size < 3; index++) {
		const socket = connect(Number(port), '127.0.0.1');
		sockets.push(socket);
		socket.on('error', () => undefined).on('close', () => {
			ended.add(socket);
		});
		socket.write('is anybody there?');

		await new Promise(resolve => {
			// Either it is answered, or closed.
			socket.once('data', resolve).once('close', resolve);
		});
	}

	const refused = ended.size;
	const isQuick = performance.now() - began < 900;
	child.stdin.end();
	const {value: report} = await lines.next() as {value: string};
	const {accepted, rows, rejected, causes, limits, full, failure} = JSON.parse(report) as Report;
	t.is(refused, 3);
	// The playground's own client is among those accepted.
	t.is(accepted - 1 + rejected, sockets.length);
	t.is(rejected, refused);
	t.true(rows === 2 || !isQuick, `${rows} rows`);
	t.deepEqual([causes, limits, full], [['files'], [64], 'EMFILE']);
	t.like(failure, {code: 'EMFILE', syscall: 'getaddrinfo'});
	t.regex(en.failure(failure, {host: 'localhost', port: 9}, false), /localhost.*EMFILE/);
});

test('a descriptor that is far from the limit is not asked for another', t => {
	t.true(mayLackFiles(undefined, 12));
	const most = limitOfFiles();
	if (most === undefined) {
		skipped(t, 'there is no /proc/self/limits');
		return;
	}

	const asked = [3, most - 25, most - 23, most - 1];
	t.deepEqual(asked.map(descriptor => mayLackFiles(descriptor, 12)), [false, false, true, true]);
});
