import test from 'ava';
import {YamlReader} from '../../source/text/files/yaml-reader.ts';

function placesOf({problems}: YamlReader): string[] {
	return problems.map(({line, column, fault: [name]}) => `${line}:${column} ${name}`);
}

test('what is wrong is told in the order of the file, also within a line', t => {
	const reader = new YamlReader('a: {one: 1, two: 2}\nb: 3\n');
	const map = reader.mapping(reader.root, {what: 'file', keys: ['a', 'b']});
	reader.text(map?.get('b'), 'b');
	reader.list(map?.get('b'), 'b');
	reader.mapping(map?.get('a'), {what: 'a', keys: ['one'], required: ['three']});
	t.deepEqual(placesOf(reader), ['1:4 missing', '1:13 unknown', '2:4 list']);
});

test('of a line that is no YAML the first thing that is wrong is told, and of each such line', t => {
	const places = placesOf(new YamlReader('a: [1, }, {]\nb: "\n'));
	t.true(places.length > 0);
	t.is(new Set(places.map(place => place.split(':')[0])).size, places.length);
});

test('of what the parser quotes a line has no more than it needs', t => {
	const {problems} = new YamlReader(`a: |\n  b\n]\n${'z'.repeat(100_000)}`);
	t.true(problems.some(({fault: [name]}) => name === 'yaml'));
	t.true(JSON.stringify(problems).length < 1000);
});

test('a piece of a text is found in that text, or else the text\'s beginning', t => {
	const reader = new YamlReader('a: one\nb: two one\n');
	const map = reader.mapping(reader.root, {what: 'file', keys: ['a', 'b']})!;
	t.is(reader.offsetOf(map.get('a')!, 'one'), 3);
	t.is(reader.offsetOf(map.get('b')!, 'one'), 14);
	t.is(reader.offsetOf(map.get('a')!, 'two'), 3);
});

test('one key names the kind: none and two are told, and one that is not known was told already', t => {
	for (const [source, told] of [
		['{one: 1}', []],
		['{one: 1, two: 2}', ['1:1 oneKey']],
		['{beside: 1}', ['1:1 oneKey']],
		['{other: 1}', ['1:2 unknown']],
		['{}', ['1:1 oneKey']],
	] as const) {
		const reader = new YamlReader(source);
		const map = reader.mapping(reader.root, {what: 'step', keys: ['one', 'two', 'beside']})!;
		t.is(reader.onlyKey(map, ['one', 'two'], 'step', ['beside']), told.length === 0 ? 'one' : undefined);
		t.deepEqual(placesOf(reader), told);
	}
});
