import test from 'ava';
import {readRelay} from '../../source/commands/relay.ts';
import {UsageError} from '../../source/commands/tokens.ts';

const words = ['udp', ':9000', '127.0.0.1:9001'];

test('on the screen a relay has clients, a theme and the mouse as they were asked for, and no client else', t => {
	t.deepEqual(readRelay(words, {}, true).screen, {clients: 0, theme: undefined, hasMouse: true});
	t.deepEqual(
		readRelay([...words, '--clients', '2', '--theme', 'light', '--no-mouse'], {}, true).screen,
		{clients: 2, theme: 'light', hasMouse: false},
	);
	t.throws(() => readRelay([...words, '--clients', '10'], {}, true), {instanceOf: UsageError, message: /0 to 9/});
});

test('what is for the screen is refused where there are lines, with the reason', t => {
	for (const flags of [['--clients', '1'], ['--theme', 'dark'], ['--no-mouse']]) {
		t.throws(() => readRelay([...words, '--lines', ...flags], {}, false), {
			instanceOf: UsageError, message: /for the screen/,
		});
	}

	t.is(readRelay([...words, '--lines'], {}, false).options.playground.port, 9000);
});
