import test from 'ava';
import {type Filling, fillTemplate} from '../../source/programs/template.ts';

const filling: Filling = {
	facts: new Map([['yes', true], ['no', false], ['two-words', true]]),
	values: {host: '"::1"', port: '7'},
	include: () => [],
};

/** The lines of a template that is filled in, those that have calls with them. */
function fill(lines: readonly string[], changes: Partial<Filling> = {}): string[] {
	return fillTemplate(lines.join('\n'), {...filling, ...changes})
		.map(({text, calls}) => calls ? `${text} <${calls.join(' ')}>` : text);
}

for (const [condition, holds] of [
	['yes', true],
	['no', false],
	['two-words', true],
	['not yes', false],
	['not no', true],
	['yes and no', false],
	['yes and not no', true],
	['no or yes', true],
	['no or no', false],
	['no and no or yes', true],
	['yes or no and no', true],
	['not no and not yes or no', false],
] as const) {
	test(`a line within "if ${condition}" ${holds ? 'stays' : 'goes'}, within its "else" the reverse`, t => {
		t.deepEqual(fill(['a', `# if ${condition}`, 'b', '# else', 'c', '# end', 'd']), ['a', holds ? 'b' : 'c', 'd']);
		t.deepEqual(fill(['a', `  // if ${condition}`, '  b', '  // end']), holds ? ['a', '  b'] : ['a']);
	});
}

test('the first branch whose condition holds stays, and no other', t => {
	const branches = (first: string, second: string, third: string): string[] =>
		fill([`# if ${first}`, '1', `# else if ${second}`, '2', `# else if ${third}`, '3', '# else', '4', '# end']);
	t.deepEqual(branches('yes', 'yes', 'no'), ['1']);
	t.deepEqual(branches('no', 'yes', 'yes'), ['2']);
	t.deepEqual(branches('no', 'no', 'yes'), ['3']);
	t.deepEqual(branches('no', 'no', 'no'), ['4']);
});

test('conditions stand within each other', t => {
	const nested = (outer: string, inner: string): string[] =>
		fill([
			`# if ${outer}`,
			`# if ${inner}`,
			'1',
			'# else',
			'2',
			'# end',
			'3',
			'# else',
			`# if ${inner}`,
			'4',
			'# else',
			'5',
			'# end',
			'# end',
		]);
	t.deepEqual(nested('yes', 'yes'), ['1', '3']);
	t.deepEqual(nested('yes', 'no'), ['2', '3']);
	t.deepEqual(nested('no', 'yes'), ['4']);
	t.deepEqual(nested('no', 'no'), ['5']);
});

test('code in a comment with a bar becomes code at the same place', t => {
	const lines = ['# if yes', '    # | one:', '    # |     two', '    # |', '    # | # three', '# end'];
	t.deepEqual(fill(lines), ['    one:', '        two', '', '    # three']);
	t.deepEqual(fill(['// if no', '// | gone', '// else', '  // | stays(); // why', '// end']), ['  stays(); // why']);
});

test('the values of a pane stand where a template has its own', t => {
	t.deepEqual(fill(['HOST = "a"  # why "b"  # value: host', 'x = "a"']), ['HOST = "::1"  # why "b"', 'x = "a"']);
	t.deepEqual(fill(['const host = \'a\'; // value: host']), ['const host = "::1";']);
	t.deepEqual(
		fill(['char port[] = "12000"; // value: port', 'int port = 1; // value: port']),
		['char port[] = "7";', 'int port = 7;'],
	);
	t.deepEqual(fill(['# if yes', '# | PORT = 1  # value: port', '# end']), ['PORT = 7']);
	const values = {host: '"$&" \\\n    "b"', port: '1'};
	t.deepEqual(fill(['HOST = "a"  # value: host'], {values}), ['HOST = "$&" \\', '    "b"']);
});

test('a line keeps its calls, and its own comment', t => {
	const lines = ['s.send(x)  # why  # calls: bind sendto', 'x() // calls: recv'];
	t.deepEqual(fill(lines), ['s.send(x)  # why <bind sendto>', 'x() <recv>']);
});

test('what is replaced is replaced in the template\'s lines that follow, where the condition holds', t => {
	const lines = ['A', '// if yes', '// replace A with AB', '// else', '// replace A with C', '// end', 'A A', '// include x'];
	t.deepEqual(fill(lines, {include: () => ['A']}), ['A', 'AB AB', 'A']);
});

test('what is included is told its name, its socket, and how far it is indented', t => {
	const include: Filling['include'] = (name, socket, {length}) => [`${name} ${socket} ${length}  # calls: a/1.2.3.4 b`];
	t.deepEqual(fill(['    # include options sock'], {include}), ['    options sock 4 <a/1.2.3.4 b>']);
});

test('the rule\'s function is included, and its imports are sorted in, each once', t => {
	const include = () => ['import re', 'import socket', '', 'def reply(data):', '    return data'];
	const lines = ['# head', 'import socket', 'import sys', '', '# include reply', '', 'end', ''];
	const imports = ['# head', 'import re', 'import socket', 'import sys', ''];
	t.deepEqual(fill(lines, {include}), [...imports, 'def reply(data):', '    return data', '', 'end']);
	t.deepEqual(fill(lines), ['# head', 'import socket', 'import sys', '', 'end']);
	t.deepEqual(fill(['// if no', '// include reply', '// end', 'x'], {include}), ['x']);
	t.deepEqual(
		fill(['#include <stdio.h>', '#include <string.h>', '// include reply'], {
			include: () => ['#include <stdlib.h>', '#include <string.h>'],
		}),
		['#include <stdio.h>', '#include <stdlib.h>', '#include <string.h>'],
	);
});

test('a malformed template, or one with an unknown name, is refused', t => {
	for (const lines of [['# if yes', 'a'],
		['a', '# end'],
		['# else'],
		['# else', '# end'],
		['# if yes', '# end', '# end', '# if yes'],
		['# if yess', '# end'],
		['# if no', '# if yes and yess', '# end', '# end'],
		['# if no', '# else if yess', '# end'],
		['# if', '# end']]) {
		t.throws(() => fill(lines), {message: /^A template/}, `of ${lines.join(' ')}`);
	}
});
