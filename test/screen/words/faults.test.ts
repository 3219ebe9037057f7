import test from 'ava';
import {
	type Fault, faultsEn, type FaultSentences, faultText, formatProblems,
} from '../../../source/text/files/file-problem.ts';
import {parseMessages} from '../../../source/messages/parse-messages.ts';
import {parseRuleTable} from '../../../source/replies/rule-table.ts';
import {lineEndings} from '../../../source/screen/input/line/draft.ts';
import {ko} from '../../../source/screen/words/ko.ts';

/** Everything that can be wrong with a file, with values that are told. */
const faults: {readonly [Name in keyof FaultSentences]: Extract<Fault, readonly [Name, ...unknown[]]>} = {
	said: ['said', '\u{B9D0}'],
	system: ['system', 'ENOENT: no such file', 'ENOENT', '/rules.yaml'],
	yaml: ['yaml', 'Flow map', true, 'IMPOSSIBLE'],
	map: ['map', 'a rule', ['match'], true],
	names: ['names', 'messages', false],
	list: ['list', 'rules'],
	text: ['text', 'exact'],
	unknown: ['unknown', 'key', 'exat', 'a rule', ['exact'], 'a brace itself is {{'],
	missing: ['missing', 'a table of rules', ['rules']],
	oneKey: ['oneKey', 'a message', ['text', 'hex']],
	word: ['word', 'ending', 'crl', ['crlf', 'lf']],
	integer: ['integer', 'repeat', 1, 1_000_000, '0'],
	hex: ['hex', 'hex', '5'],
	duration: ['duration', 'delay', '5 m'],
	unwritable: ['unwritable', 'EUC-KR (CP949)', 'é'],
	tooLarge: ['tooLarge', '/large', 4096, 1024],
	noFile: ['noFile', '/none', 'ENOENT: no such file', 'ENOENT'],
	notRegular: ['notRegular', '/pipe'],
	closeAndReset: ['closeAndReset'],
	flagsAlone: ['flagsAlone'],
	flags: ['flags', 'g'],
	anyFalse: ['anyFalse'],
	regex: ['regex', 'Unterminated group'],
	noExport: ['noExport'],
	wrongExport: ['wrongExport', 'number'],
	wrongAnswer: ['wrongAnswer', 'number'],
	noMessages: ['noMessages'],
	wrongName: ['wrongName', '-b'],
	nameTwice: ['nameTwice', 'login'],
	noMessage: ['noMessage', 'start'],
	nested: ['nested', 'start'],
	noPause: ['noPause'],
	overflow: ['overflow', '{length:u8}', 400],
	noPlaceholder: ['noPlaceholder', '{counter: 4}'],
	nothingAdded: ['nothingAdded', '{time+1}'],
	hexFormat: ['hexFormat', '{crc16}', '{crc16:u16be}'],
	timeFormat: ['timeFormat', '{time:x}'],
	checksumFormat: ['checksumFormat', '{crc16:u8}', 'crc16', 16],
	numberFormat: ['numberFormat', '{length:u16}'],
	markTwice: ['markTwice', 'start'],
	endFirst: ['endFirst'],
	inFront: ['inFront', '{crc16}'],
};

/** English words that no sentence of Korean has. */
const english = /\b(?:an?|the|is|of|has|not|with|in|and|stands?|such|must|closing|unexpected|invalid)\b/i;

test('what is wrong with a file is said in Korean, with the same values', t => {
	for (const fault of Object.values<Fault>(faults)) {
		const [name, first] = fault;
		const text = faultText(fault, ko.faults);
		t.regex(text, /\p{Script=Hangul}/v, `${name}`);
		t.notRegex(text, english, `${name}`);
		const isTold = typeof first === 'string' && !['system', 'unknown'].includes(name) && !first.startsWith('a ');
		t.true(!isTold || text.includes(first), `${name}: ${text}`);
	}

	t.deepEqual(Object.keys(faults), Object.keys(faultsEn));
});

test('what the readers of rules and of messages tell has no English in Korean', t => {
	const tables = [
		'',
		'rules: []',
		'rule: 1',
		'rules: [{match: {}}, {answer: 1}, {match: {any: 1}, delay: x}, {match: 5, answer: {}}, 7]',
		'rules: [{match: {exact: x, hex: "00"}, answer: {txt: 1}}, {match: {flags: i, exact: x}, close: 1}]',
	];
	const messages = [
		'a: b: c',
		'a:\n\tb: 1',
		'a: 1\na: @x',
		'a:\n  - "x\n b: 2',
		'a: {x: 1',
		'a: }',
		String.raw`a: "\q"`,
		'[]',
		'messages: []',
		'sequences: {a: 1, b: {repeat: x, steps: [c, {text: "{conter}"}]}, c: [{pause: x}], d: [1, {pause: 1s, x: 1}]}',
		'messages: {a: {ending: x}, b: {text: a, ending: x}, c: {file: /none}, "-d": 1, e: {hex: {x: 1}}}',
	];
	const problems = [
		...tables.map(source => parseRuleTable(source, () => new Uint8Array())),
		...messages.map(source => parseMessages(source, {endings: lineEndings, sizeOf: () => 0})),
	].flatMap(read => 'problems' in read ? read.problems : []);
	t.true(problems.length > 20);
	for (const problem of problems) {
		t.notRegex(formatProblems('file.yaml', [problem], ko.faults), english);
	}
});
