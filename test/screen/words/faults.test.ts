import test from 'ava';
import {
	type Fault, type FaultSentences, faultText, formatProblems,
} from '../../../source/text/files/file-problem.ts';
import {
	type Allowed, allowedEn, allowedText, type AllowedWords,
} from '../../../source/text/files/allowed.ts';
import {faultsEn} from '../../../source/text/files/faults-en.ts';
import {parseMessages} from '../../../source/messages/parse-messages.ts';
import {parseRuleTable} from '../../../source/replies/rule-table.ts';
import {lineEndings} from '../../../source/screen/input/line/draft.ts';
import {allowedKo} from '../../../source/screen/words/input/faults-ko.ts';
import {ko} from '../../../source/screen/words/ko.ts';

/** Everything that can be wrong with a file, with values that are told. */
const faults: {readonly [Name in keyof FaultSentences]: Extract<Fault, readonly [Name, ...unknown[]]>} = {
	unknownFlag: ['unknownFlag', '--prot', '--port, --host', true, '--port'],
	noValue: ['noValue', '--once', 'yes'],
	argument: ['argument', 'udp'],
	meant: ['meant', 'socket-playground -p udp'],
	noTerminal: ['noTerminal'],
	otherCharset: ['otherCharset', 'EUC-KR'],
	noScreen: ['noScreen', ''],
	printsNoAddress: ['printsNoAddress'],
	noSuchFile: ['noSuchFile', '--reply', 'none.yaml'],
	noRegularFile: ['noRegularFile', '--messages', '/pipe'],
	unreadable: ['unreadable', 'none.yaml', 'ENOENT'],
	otherFamily: ['otherFamily', '--source', '[::1]:0', 6, '127.0.0.1', 4],
	twoLessons: ['twoLessons', 'tcp'],
	noLessonFile: ['noLessonFile'],
	noLesson: ['noLesson', 'soket', 'socket', ['socket', 'udp']],
	whichProgram: ['whichProgram', 'socket-playground check udp-echo-server -- python3 server.py {port}'],
	whichExercise: ['whichExercise', ['udp-echo-server']],
	noExercise: ['noExercise', 'udp-eco', '', ['udp-echo-server']],
	notBehind: ['notBehind', 'server.py', 'socket-playground check udp-echo-server -- server.py'],
	twoFormats: ['twoFormats'],
	threeWays: ['threeWays'],
	checksClient: ['checksClient', 'udp-echo-client'],
	checksServer: ['checksServer', 'udp-echo-server'],
	noProgram: ['noProgram'],
	serveWords: ['serveWords', 'socket-playground serve tcp --port 80'],
	relayWords: ['relayWords'],
	relaysToItself: ['relaysToItself', '127.0.0.1:9000'],
	forScreen: ['forScreen', ['--lines', '--json']],
	sendWords: ['sendWords', 'socket-playground send tcp localhost:80'],
	fileAndMessage: ['fileAndMessage'],
	namesNoMessage: ['namesNoMessage'],
	repeatsStream: ['repeatsStream'],
	hexAndMessages: ['hexAndMessages'],
	hexAlone: ['hexAlone'],
	unwritableAt: ['unwritableAt', 'Shift_JIS', '\u{1F600}', 1, '', '\u{1F600}'],
	hexDigits: ['hexDigits', '--hex', 'not-hex', 'x', 1, 'xy'],
	largeDatagram: ['largeDatagram', '127.0.0.1:9', 65_507, undefined],
	largeMessage: ['largeMessage', 'u8', 255, 256],
	noSavedMessage: ['noSavedMessage', 'logn', 'login', ['login', 'quit']],
	standardInput: ['standardInput', 'EISDIR: illegal operation', 'EISDIR'],
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
	value: ['value', '--port', ['integer', 0, 65_535], 'x', '80'],
	twice: ['twice', '--port'],
	noCondition: ['noCondition', '--link: ', 'wify', ['wifi'], ['loss', 'delay']],
	conditionOfOther: ['conditionOfOther', '--link: loss', 'tcp', ['delay', 'jitter']],
	presetFirst: ['presetFirst', '--link: wifi'],
	otherProtocol: ['otherProtocol', '--option nodelay', 'TCP'],
	backlogOfUdp: ['backlogOfUdp', '--backlog'],
	framingOfUdp: ['framingOfUdp', '--framing'],
	framingOfWide: ['framingOfWide', '--framing line', '--encoding utf-16le'],
	noText: ['noText', 'title', ['en', 'ko']],
	extraText: ['extraText', 'explain', 'ko'],
	openPlaceholder: ['openPlaceholder'],
	noLessonPlaceholder: ['noLessonPlaceholder', 'it'],
	conditionKeys: ['conditionKeys', ['event', 'then'], ['event', 'overlay']],
	notOfEvent: ['notOfEvent'],
	noPayload: ['noPayload', 'rule-changed', 'text'],
	becameOfOther: ['becameOfOther'],
	noComparison: ['noComparison', 'length 5', ['=', '<']],
	operator: ['operator', 'length', 'contains', false],
	compared: ['compared', 'length', ['number'], 'many'],
	incomparable: ['incomparable', 'peer', 'server.local.port'],
	unbound: ['unbound', 'query'],
	notYet: ['notYet', 'query'],
	otherStep: ['otherStep', 'query'],
	noChoices: ['noChoices'],
	choicesOfOther: ['choicesOfOther', 'number'],
	choiceTwice: ['choiceTwice', 'yes'],
	closeAndReset: ['closeAndReset'],
	flagsAlone: ['flagsAlone'],
	flags: ['flags', 'g'],
	anyFalse: ['anyFalse'],
	regex: ['regex', 'regex', 'Unterminated group'],
	noExport: ['noExport'],
	wrongExport: ['wrongExport', 'number'],
	endingCall: ['endingCall', 'process.exit()'],
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

/** Everything that a flag, or a part of a file, takes. */
const allowed: {readonly [Name in keyof AllowedWords]: Extract<Allowed, readonly [Name, ...unknown[]]>} = {
	oneOf: ['oneOf', ['udp', 'tcp']],
	integer: ['integer', 0, 9],
	path: ['path'],
	yamlPath: ['yamlPath'],
	host: ['host'],
	target: ['target'],
	listen: ['listen'],
	binding: ['binding'],
	time: ['time'],
	longerTime: ['longerTime'],
	count: ['count'],
	byteLimit: ['byteLimit'],
	link: ['link', ['wifi']],
	options: ['options', ['ttl']],
	source: ['source'],
	connections: ['connections'],
	buffer: ['buffer'],
	switch: ['switch'],
	hops: ['hops', 1],
	interface: ['interface'],
	group: ['group'],
	joinedGroup: ['joinedGroup'],
	idleTime: ['idleTime'],
	linkShare: ['linkShare'],
	linkTime: ['linkTime'],
	linkBytes: ['linkBytes'],
	linkSlice: ['linkSlice'],
	linkRate: ['linkRate'],
	text: ['text'],
	word: ['word'],
	number: ['number'],
	duration: ['duration'],
	boundTime: ['boundTime'],
	share: ['share'],
	boolean: ['boolean'],
	address: ['address'],
	hex: ['hex'],
	lessonId: ['lessonId'],
	boundName: ['boundName', ['it', 'key']],
	answer: ['answer'],
	tolerance: ['tolerance'],
};

/** English words that no sentence of Korean has. */
const english = /\b(?:an?|the|is|of|has|not|with|in|and|stands?|such|must|closing|unexpected|invalid)\b/i;

test('what is wrong with a file, or a command line, is said in Korean, with the same values', t => {
	for (const fault of Object.values<Fault>(faults)) {
		const [name, first] = fault;
		const text = faultText(fault, ko.faults);
		t.regex(text, /\p{Script=Hangul}/v, `${name}`);
		// The key `not` of a lesson's file is written as it is there.
		t.notRegex(name === 'notOfEvent' ? text.replace('\'not\'', '') : text, english, `${name}: ${text}`);
		const isTold = typeof first === 'string' && !['system', 'unknown', 'standardInput'].includes(name) && !first.startsWith('a ');
		t.true(!isTold || text.includes(first), `${name}: ${text}`);
	}

	t.deepEqual(Object.keys(faults), Object.keys(faultsEn));
});

test('what a flag, or a part of a file, takes is said without an English sentence in Korean', t => {
	for (const takes of Object.values<Allowed>(allowed)) {
		t.notRegex(allowedText(takes, allowedKo), english);
		t.is(allowedText(takes).length > 0, true);
	}

	t.deepEqual(Object.keys(allowed), Object.keys(allowedEn));
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
