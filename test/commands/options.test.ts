/* What the flags of the simulated link are read as, and what is said of wrong ones. */
import test from 'ava';
import {type Options, readOptions} from '../../source/commands/options.ts';
import {UsageError} from '../../source/commands/tokens.ts';
import {perfect} from '../../source/link/conditions.ts';
import {presetNames, presets} from '../../source/link/presets.ts';

function read(...argv: readonly string[]): Options {
	return readOptions(argv, {});
}

/** What is said of a command line that cannot be used. */
function problem(...argv: readonly string[]): string {
	try {
		read(...argv);
	} catch (error) {
		if (error instanceof UsageError) {
			return error.message;
		}

		throw error;
	}

	throw new Error(`${argv.join(' ')} was read`);
}

test('the link does nothing, and its seed is a random one, where neither is given', t => {
	t.deepEqual(read().link, perfect);
	const seeds = Array.from({length: 8}, () => read().seed);
	t.true(seeds.every(seed => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32), `${seeds.join(' ')}`);
	t.true(new Set(seeds).size > 1, `${seeds.join(' ')}`);
});

test('a number may be the least and the most that its flag takes', t => {
	t.deepEqual(['0', '9'].map(clients => read('--clients', clients).clients), [0, 9]);
	t.deepEqual(['0', '65535'].map(port => read('--port', port).port), [0, 65_535]);
	t.deepEqual(['0', '4294967295'].map(seed => read('--seed', seed).seed), [0, (2 ** 32) - 1]);
	for (const [flag, value] of [['--clients', '10'], ['--port', '65536'], ['--seed', '4294967296']] as const) {
		t.regex(problem(flag, value), new RegExp(`${flag}.*${value}`));
	}
});

for (const name of presetNames) {
	test(`--link ${name} is that preset`, t => {
		t.deepEqual(read('--link', name).link, presets[name]);
	});
}

test('--link takes names with values, and what is not named is as in a link that does nothing', t => {
	t.deepEqual(read('--link', 'loss=30%,delay=100ms').link, {...perfect, loss: 0.3, delay: 100});
	t.deepEqual(read('--link=loss=0.3').link, {...perfect, loss: 0.3}, 'only the first sign of equality is the flag\'s');
	t.deepEqual(read('--link', 'slice=3,pause=10ms,stall').link, {
		...perfect, slice: 3, pause: 10, stall: true,
	});
	t.deepEqual(read('--link', 'rate=64KiB/s, queue=1KiB').link, {...perfect, rate: 65_536, queue: 1024});
});

test('--link takes a preset and what differs from it', t => {
	t.deepEqual(read('--link', 'mobile,loss=0').link, {...presets.mobile, loss: 0});
});

test('--link pinger loses requests, and no answers', t => {
	t.like(read('--link', 'pinger'), {link: presets.pinger, linkToClients: perfect});
	t.is(read('--link', 'lossy').linkToClients, undefined);
});

test('--link takes what the header shows', t => {
	t.deepEqual(read('--link', 'loss 30 % · 100 ms ± 50 %').link, presets.lossy);
});

const wrongLinks: ReadonlyArray<readonly [string, readonly string[]]> = [
	['modem', ['\'modem\'', ...presetNames, 'loss', 'delay', 'stall']],
	['loss=1%,', ['\'\'', ...presetNames, 'loss', 'delay', 'stall']],
	['loss=200%', ['loss takes', '0 to 1', '0% to 100%', '\'200%\'']],
	['loss=', ['loss needs a value', '0% to 100%']],
	['delay=61s', ['delay takes', '0ms to 60s', '\'61s\'']],
	['rate=fast', ['rate takes', '10Mbit/s', 'none', '\'fast\'']],
	['stall=maybe', ['stall takes', 'on or off', '\'maybe\'']],
	['loss=1%,loss=2%', ['loss is given twice']],
	['loss=1%,wifi', ['wifi must come first']],
];

for (const [value, expected] of wrongLinks) {
	test(`--link '${value}' is told in one line that names the flag, what is wrong, and what is allowed`, t => {
		const message = problem('--link', value);
		t.true(message.startsWith('--link'), `${message}`);
		t.notRegex(message, /\n/);
		for (const part of expected) {
			t.true(message.includes(part), `${part}: ${message}`);
		}
	});
}

for (const seed of [0, 1, 4_294_967_295]) {
	test(`--seed ${seed} is that seed`, t => {
		t.is(read('--seed', String(seed)).seed, seed);
	});
}

for (const seed of ['4294967296', '-1', '1.5', '0x10', '1e3', 'lucky', '99999999999', ' ']) {
	test(`--seed '${seed}' is told in one line that names the flag, and what is allowed`, t => {
		t.is(problem('--seed', seed), `--seed takes a whole number from 0 to 4294967295, not '${seed}'`);
	});
}

test('a flag without its value is told what it takes', t => {
	t.is(problem('--seed'), '--seed needs a value: a whole number from 0 to 4294967295');
	t.is(problem('--seed', ''), '--seed needs a value: a whole number from 0 to 4294967295');
	t.is(
		problem('--link'),
		`--link needs a value: ${presetNames.join(', ')}, or name=value ... such as loss=30%,delay=100ms`,
	);
	for (const words of [['--option'], ['--option', '--port', '0'], ['--option', 'ttl=1', '--option']]) {
		t.regex(problem(...words), /^--option needs a value: rcvbuf, /);
	}
});

test('a flag that is given twice is none', t => {
	t.regex(problem('--link', 'wifi', '--link', 'mobile'), /--link/);
	t.regex(problem('--seed', '1', '--seed', '2'), /--seed/);
});

test('--theme is the ground, else the terminal is asked for it; --no-mouse leaves the mouse to the terminal', t => {
	t.is(read().theme, undefined);
	t.is(read('--theme', 'light').theme, 'light');
	t.is(problem('--theme', 'blue'), '--theme takes dark or light, not \'blue\'');
	t.is(problem('--theme', ''), '--theme needs a value: dark or light');
	t.true(read().hasMouse);
	t.false(read('--no-mouse').hasMouse);
	t.false(read('--no-mouse', '--no-mouse').hasMouse);
	t.is(problem('--port', '1', '--port=2'), '--port is given twice; perhaps: socket-playground --port 2');
	t.is(problem('--close-after-reply', '--close-after-reply'), '--close-after-reply is given twice; perhaps: socket-playground --close-after-reply');
	t.true(problem('--mouse').startsWith('unknown option --mouse; allowed are '));
	t.true(problem('--no-mouse=true').startsWith('--no-mouse takes no value, but has \'true\''));
	t.true(problem('--close-after-reply=no').startsWith('--close-after-reply takes no value, but has \'no\''));
	t.true(problem('--mouse').includes('--no-mouse'));
});
