import {spawnSync} from 'node:child_process';
import test from 'ava';
import {shellLine, shellWords} from '../../source/text/shell-line.ts';

test('words that a shell would take apart, or for patterns, are quoted, and no others', t => {
	t.is(shellLine(['socket-playground', '--port', '0', '-p=tcp']), 'socket-playground --port 0 -p=tcp');
	t.is(shellLine(['--connect', '[::1]:9', 'loss 30 %', 'it\'s', '']), String.raw`--connect '[::1]:9' 'loss 30 %' 'it'\''s' ''`);
});

test('a shell reads the same words', t => {
	const words = ['plain', 'two words', '[a]*?', '$HOME `x`', 'it\'s "so"', '', '±·한', '~', '#', '!'];
	const {stdout, error} = spawnSync('sh', ['-c', String.raw`printf '%s\0' ${shellLine(words)}`], {encoding: 'utf8'});
	t.is(error, undefined);
	t.deepEqual(stdout.split('\0').slice(0, -1), words);
	t.deepEqual(shellWords(shellLine(words)), words);
});

test('words are those that a shell finds in a line', t => {
	for (const line of [
		String.raw`a "b c" 'd e' f\ g`,
		String.raw`"a\"b" "\$c" "\\d" "\e" 'f\g'`,
		String.raw`a"b"'c'\d "" ''  e `,
	]) {
		const {stdout, error} = spawnSync('sh', ['-c', String.raw`printf '%s\0' ${line}`], {encoding: 'utf8'});
		t.is(error, undefined);
		t.deepEqual(shellWords(line), stdout.split('\0').slice(0, -1));
	}

	t.deepEqual(shellWords(' '), []);
	for (const open of ['"a', 'a\'b', 'a\\']) {
		t.is(shellWords(open), undefined);
	}
});
