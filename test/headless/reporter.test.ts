import {Writable} from 'node:stream';
import test from 'ava';
import {Output} from '../../source/headless/output.ts';
import {jsonReporter, plainReporter} from '../../source/headless/reporter.ts';
import {en} from '../../source/screen/words/en.ts';
import {codecOf} from '../../source/text/encoding/codec.ts';

/** An output, and what has been written to it. */
function outputLines(): {readonly lines: readonly string[]; readonly output: Output} {
	const lines: string[] = [];
	const output = new Output(new Writable({
		write(text, _, done) {
			lines.push(String(text));
			done();
		},
	}));
	return {lines, output};
}

test('the line ready has the time of what has made it so, and nothing behind it is earlier than that', t => {
	const {lines, output} = outputLines();
	// Now is 9000.
	const reporter = jsonReporter({output, wallTime: (time = 9000) => time});
	const local = {host: '127.0.0.1', port: 1};
	reporter.entry({
		type: 'event',
		trackId: 1,
		farTrackId: undefined,
		isRepeat: false,
		event: {
			type: 'socket-bound', sequence: 0, time: 5, pane: 1, socket: 0, local, asked: local,
		},
	});
	reporter.ready({
		command: 'serve', protocol: 'udp', local, link: 'perfect', seed: 1,
	});
	const read = lines.map(line => JSON.parse(line) as {type: string; time: string; sequence: number});
	t.deepEqual(read.map(({type, sequence}) => [type, sequence]), [['ready', 0], ['socket-bound', 1]]);
	t.deepEqual(read.map(({time}) => Date.parse(time)), [5, 5]);
});

test('a connection is read from its beginning, whatever the one before has left unfinished', t => {
	const {lines, output} = outputLines();
	const reporter = jsonReporter({output, wallTime: (time = 0) => time, codec: codecOf('utf-16le')});
	const local = {host: '127.0.0.1', port: 1};
	reporter.ready({
		command: 'serve', protocol: 'tcp', local, link: 'perfect', seed: 1,
	});
	for (const [sequence, offset, hex] of [[1, 0, '6100ac'], [2, 3, '4e6200'], [3, 0, '6300ac'], [4, 0, '6400']] as const) {
		const bytes = Buffer.from(hex, 'hex');
		reporter.entry({
			type: 'event',
			trackId: 1,
			farTrackId: undefined,
			isRepeat: false,
			event: {
				type: 'chunk-received',
				sequence,
				time: 0,
				pane: 1,
				socket: 0,
				peer: local,
				number: sequence,
				bytes,
				length: bytes.length,
				offset,
			},
		});
	}

	const [, ...texts] = lines.map(line => (JSON.parse(line) as {text?: string}).text);
	t.deepEqual(texts, ['a\u{FFFD}', '\u{FFFD}b', 'c\u{FFFD}', 'd']);
});

for (const format of ['json', 'plain'] as const) {
	test(`${format}: behind missing lines a stream is read without what came before them`, t => {
		const {lines, output} = outputLines();
		const options = {output, wallTime: (time = 0) => time, codec: codecOf('utf-16le')};
		const context = {
			protocol: 'tcp', isServer: true, words: en, hasColours: false,
		} as const;
		const reporter = format === 'json' ? jsonReporter(options) : plainReporter(options, context, () => true);
		const local = {host: '127.0.0.1', port: 1};
		reporter.ready({
			command: 'serve', protocol: 'tcp', local, link: 'perfect', seed: 1,
		});
		const read = (offset: number, bytes: Uint8Array): void => {
			reporter.entry({
				type: 'event',
				trackId: 1,
				farTrackId: undefined,
				isRepeat: false,
				event: {
					type: 'chunk-received',
					sequence: offset,
					time: 0,
					pane: 1,
					socket: 1,
					peer: local,
					number: 1,
					bytes,
					length: bytes.length,
					offset,
				},
			});
		};

		read(0, Buffer.from('6100ac', 'hex'));
		reporter.entry({type: 'gap', missed: 1});
		read(10, Buffer.from('cafe', 'utf16le'));
		t.regex(lines.at(-1)!, /cafe/);
	});
}
