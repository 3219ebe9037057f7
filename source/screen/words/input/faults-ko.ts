import {allowedText, type AllowedWords} from '../../../text/files/allowed.ts';
import type {FaultSentences} from '../../../text/files/file-problem.ts';
import {nearest} from '../../../text/nearest.ts';
import {formatBytes} from '../../../text/numbers.ts';
import {withParticle} from '../particle.ts';
import {commandFaultsKo} from './command-faults-ko.ts';
import {fileProblem} from './files-words.ts';

/** Parts of a file, and what stands in them; keys are called as they are written. */
const names: Readonly<Record<string, string>> = {
	'a table of rules': '규칙 표',
	'a rule': '규칙',
	'a file of messages': '메시지 파일',
	'a message': '메시지',
	'a sequence': '시퀀스',
	'a step': '단계',
	'a pause': 'pause',
	key: '키',
	placeholder: '자리표시자',
	message: '메시지',
	'a brace itself is {{': '중괄호 자체는 {{로 씁니다',
	'a lesson': '학습',
	'a scene': '장면',
	'a check': '확인 항목',
	'a hint': '힌트',
	'a reaction': '반응',
	'a choice': '선택지',
	'an answer': 'answer',
	'an option': '옵션',
	'a link each way': '방향별 링크',
	'a comparison': '비교',
	'a comparison such as length > 5': '비교(예: length > 5)',
	'a placeholder': '자리표시자',
	'an event': '이벤트',
	'a state': 'state',
	field: '필드',
	name: '이름',
	choice: '선택지',
	'a text stands by its languages, en and ko, and in quotes where it has a comma, a colon or a brace':
		'텍스트는 언어별로 en, ko 키에 씁니다. 쉼표, 콜론, 중괄호가 들어가면 따옴표로 묶습니다',
	'a condition stands behind when': '조건은 when 뒤에 씁니다',
};

function name(word: string): string {
	const [, part = word, language] = /^(.*) in (en|ko)$/.exec(word) ?? [];
	const [, condition] = /^a condition with (\w+)$/.exec(part) ?? [];
	return `${condition === undefined ? names[part] ?? part : `${condition} 조건`}${language === undefined ? '' : `(${language})`}`;
}

/** `규칙은`, `answer:`: what is told of a part of the file. How an English word is read, its letters do not tell. */
function of(what: string): string {
	const called = name(what);
	return /[a-z]/i.test(called) ? `${called}:` : withParticle(called, ['은', '는']);
}

const quotes = '콜론, 쉼표, 중괄호가 든 텍스트는 따옴표로 묶습니다';

/** Errors of the YAML parser; of a rare one its own words are told. */
const yamlErrors: Readonly<Record<string, string>> = {
	BAD_DQ_ESCAPE: '큰따옴표 안에 쓸 수 없는 이스케이프입니다',
	BAD_INDENT: '들여쓰기나 닫는 괄호가 맞지 않습니다',
	BAD_SCALAR_START: '따옴표 없는 텍스트는 이 문자로 시작할 수 없습니다',
	BLOCK_AS_IMPLICIT_KEY: '한 줄에 키가 둘이거나, 다음 줄의 들여쓰기가 맞지 않습니다',
	BLOCK_IN_FLOW: '괄호 안에는 줄을 나눈 목록이나 키를 쓸 수 없습니다',
	DUPLICATE_KEY: '같은 키가 두 번 있습니다',
	MISSING_CHAR: '따옴표, 쉼표, 콜론 가운데 빠진 것이 있습니다',
	MULTILINE_IMPLICIT_KEY: '키와 콜론은 한 줄에 있어야 합니다',
	TAB_AS_INDENT: '탭으로 들여쓸 수 없습니다',
	UNEXPECTED_TOKEN: '여기에 올 수 없는 문자입니다',
};

/** What a flag, or a part of a file, takes, in Korean. */
export const allowedKo: AllowedWords = {
	oneOf: words => words.join(', '),
	integer: (least, most) => `${least}~${most}의 정수`,
	path: () => '파일의 경로',
	yamlPath: () => 'YAML 파일의 경로',
	host: () => 'IP 주소나 호스트 이름(127.0.0.1, ::1, 0.0.0.0)',
	target: () => 'host:port 또는 [v6]:port, 포트는 1~65535',
	listen: () => '포트, host:port 또는 [v6]:port',
	binding: () => 'HOST:PORT, HOST 또는 :PORT',
	time: () => '단위가 붙은 시간(500ms, 10s, 2m), 최대 596h',
	longerTime: () => '0보다 긴 시간',
	count: () => 'count=N, 메시지 수 N은 1 이상',
	byteLimit: () => '1~64MiB의 바이트 수(64KiB)',
	link: presets => `${presets.join(', ')} 또는 name=value …(loss=30%,delay=100ms)`,
	options: names => `${names.join(', ')}, 값은 =VALUE`,
	source: () => '이 컴퓨터의 IP 주소: HOST:PORT, HOST 또는 :PORT',
	connections: () => '1 이상의 연결 수',
	buffer: () => '1~64MiB의 바이트 수(65536, 64KiB)',
	switch: () => 'on 또는 off',
	hops: least => `${least}~255의 홉 수`,
	interface: () => '인터페이스의 이름이나 IPv4 주소',
	group: () => '멀티캐스트 그룹(239.1.2.3, 239.1.2.3%eth0, ff02::1234%eth0)',
	joinedGroup: () => '가입한 멀티캐스트 그룹',
	idleTime: () => '초 단위의 유휴 시간(60s), 최대 32767s, 또는 off',
	linkShare: () => '0~1 또는 0%~100%',
	linkTime: () => '0ms~60s',
	linkBytes: () => '1~64MiB의 정수 바이트(1500, 64KiB)',
	linkSlice: () => '1~64MiB의 정수 바이트(1500, 64KiB) 또는 none',
	linkRate: () => '초당 1바이트 이상(64KiB/s, 1MB/s, 10Mbit/s) 또는 none',
	text: () => '텍스트',
	word: () => '단어',
	number: () => '숫자',
	duration: () => '시간(100ms, 2s)',
	boundTime: () => 'as로 이름 붙인 이벤트의 시각(query.time)',
	share: () => '비율(30%, 0.3)',
	boolean: () => 'true 또는 false',
	address: () => '주소(127.0.0.1:12000) 또는 as로 이름 붙인 이벤트의 주소(query.peer)',
	hex: () => '두 자리씩 쓴 16진수(ed 95 9c)',
	lessonId: () => '영어 소문자와 숫자, 그 사이의 하이픈(udp-loss)',
	boundName: reserved => `영어 문자, 숫자, 하이픈으로 된 이름(${reserved.join(', ')} 제외)`,
	answer: () => '숫자 또는 {bound: name.field}',
	tolerance: () => '0 이상의 숫자',
};

/** What can be wrong with a file or a command line, in Korean. */
export const faultsKo: FaultSentences = {
	...commandFaultsKo,
	said: text => text,
	system: (_, code, path) => `${path === '' ? '' : `${path}: `}${fileProblem.ko(code)}`,
	yaml(text, isSlip, code) {
		const error = yamlErrors[code];
		return `YAML 문법 오류${error === undefined ? `(${text})` : `: ${error}`}${isSlip ? `; ${quotes}` : ''}`;
	},
	map: (what, keys, isSlip) => `${of(what)} ${keys.join(', ')} 키로 이루어집니다${slip(isSlip)}`,
	names: (what, isSlip) => `${of(what)} 이름이 붙은 항목이 하나 이상 있어야 합니다${slip(isSlip)}`,
	list: what => `${of(what)} 항목이 하나 이상인 목록입니다`,
	text: what => `${of(what)} 텍스트입니다${slip(true)}`,
	unknown(kind, word, where, allowed, hint) {
		const list = allowed.length > 0 ? `; 쓸 수 있는 것: ${allowed.join(', ')}` : '';
		return `${name(where)}에 없는 ${name(kind)} '${word}'${perhaps(word, allowed)}${list}${hint === '' ? '' : `; ${name(hint)}`}`;
	},
	missing: (what, keys) => `${name(what)}에 필요한 키가 없습니다: ${keys.join(', ')}`,
	oneKey: (what, keys) => `${name(what)}에는 ${keys.join(', ')} 중 정확히 하나가 있어야 합니다`,
	word: (what, word, allowed) => `${of(what)} ${allowed.join(', ')} 중 하나입니다. '${word}' 값은 쓸 수 없습니다${perhaps(word, allowed)}`,
	integer: (what, least, most, text) => `${of(what)} ${least}부터 ${most}까지의 정수입니다. '${text}' 값은 쓸 수 없습니다`,
	hex: (what, digits) => `${of(what)} DE AD BE EF처럼 두 자리씩 쓴 16진수입니다: '${digits}'`,
	duration: (what, text) => `${of(what)} 200ms나 1.5s처럼 60 s까지의 시간입니다: '${text}'`,
	unwritable: (encoding, character) => `${encoding}에는 '${character}' 문자가 없습니다`,
	tooLarge: (path, size, most) => `파일: ${path}의 크기는 ${formatBytes(size)}, 최대 ${formatBytes(most)}까지 보낼 수 있습니다`,
	noFile: (path, _, code) => `파일: ${path === '' ? '' : `${path}: `}${fileProblem.ko(code)}`,
	notRegular: path => `${path}: 일반 파일이 아닙니다`,
	value(what, allowed, text, near) {
		const takes = allowedText(allowed, allowedKo);
		return text === ''
			? `${name(what)}에는 값이 있어야 합니다: ${takes}`
			: `${name(what)}에 쓸 수 없는 값 '${text}': ${takes}${near === undefined ? '' : `; 혹시: ${near}`}`;
	},
	twice: what => `두 번 있음: ${what}`,
	noCondition: (before, part, presets, conditions) =>
		`${before}없는 조건 '${part}': ${presets.join(', ')}, 또는 name=value (${conditions.join(', ')})`,
	conditionOfOther: (what, protocol, conditions) =>
		`${what}: ${protocol.toUpperCase()}에서는 효과가 없는 조건입니다. 쓸 수 있는 조건: ${conditions.join(', ')}`,
	presetFirst: part => `${part}: 맨 앞에만 올 수 있습니다. 뒤에 오는 조건이 그 값을 바꿉니다`,
	otherProtocol: (what, protocol) => `${what}: ${protocol} 소켓에만 설정할 수 있습니다`,
	backlogOfUdp: what => `${what}: TCP에만 있습니다. UDP에는 대기할 연결이 없습니다`,
	framingOfUdp: what => `${what}: TCP에만 있습니다. 데이터그램은 그 자체가 메시지입니다`,
	framingOfWide: (what, encoding) => `${what}: 줄 바꿈이 한 바이트인 인코딩에만 씁니다. ${encoding}에는 쓸 수 없습니다`,
	noText: (what, languages) => `${name(what)}에 ${languages.join(' 또는 ')} 텍스트가 없습니다`,
	extraText: (what, language) => `${name(what)}에는 ${language} 텍스트가 있지만 title에는 없습니다`,
	openPlaceholder: () => '여기서 시작한 자리표시자가 끝나지 않습니다: 중괄호 자체는 {{로 씁니다',
	noLessonPlaceholder: path =>
		`'${path}': 자리표시자가 아닙니다. 예: {key:flow}, {name.field}, {later - earlier}; 중괄호 자체는 {{로 씁니다`,
	conditionKeys: (keys, found) => `조건에는 ${keys.join(', ')} 중 하나가 있어야 합니다`
		+ (found.length > 1 ? `. ${found.join(', ')} 키가 함께 있습니다: 여러 조건은 all로 묶습니다` : ''),
	notOfEvent: () => '\'not\'에는 state, view, overlay, experiment를 씁니다: 일어나면 안 되는 이벤트는 without에 씁니다',
	noPayload: (kind, field) => `${kind} 이벤트에는 페이로드가 없으므로 ${field}도 없습니다`,
	becameOfOther: () => 'became은 datagram-sent, chunk-sent와 함께 씁니다: 나중에 알려지는 것이 있는 이벤트는 이 둘뿐입니다',
	noComparison: (text, operators) =>
		`'${text}': 비교가 아닙니다. 필드, 연산자, 값의 순서로 씁니다(length > 5). 연산자: ${operators.join(', ')}`,
	operator: (field, operator, isOrder) =>
		`${field}에는 ${operator} 연산자를 쓸 수 없습니다: ${isOrder ? '숫자가 아닙니다' : '텍스트가 아닙니다'}`,
	compared: (field, allowed, text) => `${field}: 비교할 수 없는 값 '${text}'. 쓸 수 있는 것: ${allowedText(allowed, allowedKo)}`,
	incomparable: (one, other) =>
		`${one}, ${other}: 서로 비교할 수 없습니다. 하나는 주소이며 .host와 .port가 있습니다`,
	unbound: word => `여기서는 아직 '${word}' 이벤트가 없습니다: 'as: ${word}' 표시는 같은 then의 앞부분이나 `
		+ '이 단계의 다른 확인 항목에 씁니다',
	notYet: word => `'${word}' 이벤트가 아직 일어나지 않았을 수 있습니다: 대신 보일 말을 막대 뒤에 씁니다. 예: {${word}.peer|서버}`,
	otherStep: word =>
		`'${word}': 이 단계의 확인 항목에 없는 이름입니다. 대신 보일 말을 막대 뒤에 씁니다. 예: {${word}.peer|서버}`,
	noChoices: () => 'kind가 choice이면 choices가 있어야 합니다',
	choicesOfOther: kind => `choices는 kind가 choice일 때만 씁니다. 지금은 ${kind}입니다`,
	choiceTwice: id => `id가 '${id}'인 선택지가 둘입니다`,
	closeAndReset: () => '규칙은 연결을 닫거나 리셋합니다. 둘 다는 안 됩니다',
	flagsAlone: () => 'flags는 regex와 함께 씁니다',
	flags: flags => `flags는 i, m, s, u로만 이루어집니다. '${flags}' 값은 쓸 수 없습니다`,
	anyFalse: () => 'any는 true로 쓰거나 뺍니다',
	regex: (what, message) => `${what}: 잘못된 정규식(${message})`,
	noExport: () => '모듈에 default export가 없습니다: export default function (message, peer) { … }',
	wrongExport: found => `default export는 message와 peer를 받는 함수입니다: ${found}`,
	endingCall: call => `${call}: 이 호출로는 프로그램이 끝나지 않습니다. 프로세스에 신호를 보내야 끝납니다`,
	wrongAnswer: found => `응답은 문자열, 바이트(Uint8Array, Buffer), undefined 중 하나입니다: ${found}`,
	noMessages: () => '메시지 파일에는 messages나 sequences가 있어야 합니다',
	wrongName: word => `이름에는 문자, 숫자, '_', '.', '-'를 쓰며 '.'이나 '-'로 시작하지 않습니다: '${word}'`,
	nameTwice: word => `'${word}': 메시지의 이름이기도 합니다`,
	noMessage: word => `${word}에 메시지가 없습니다`,
	nested: word => `'${word}': 시퀀스입니다. 시퀀스의 단계는 메시지와 pause입니다`,
	noPause: () => 'forever로 반복하려면 pause가 있어야 합니다',
	overflow: (written, value) => `${written}: 값 ${value}에는 자리가 모자랍니다`,
	noPlaceholder: written =>
		`${written}: 자리표시자가 아닙니다. 예: {counter}, {length:u16be}, {length:u16be+2}, {start}; 중괄호 자체는 {{로 씁니다`,
	nothingAdded: written => `${written}: counter와 length에만 수를 더할 수 있습니다`,
	hexFormat: (written, example) => `${written}: hex의 자리표시자에는 형식이 있어야 합니다. 예: ${example}`,
	timeFormat: written => `${written}: time의 형식은 없음(ISO 8601), s, ms, u32be와 u32le(초), u48be, u64be 등(밀리초)입니다`,
	checksumFormat: (written, word, bits) => `${written}: ${word}의 형식은 x, X, u${bits}be, u${bits}le입니다`,
	numberFormat: written =>
		`${written}: 형식은 04 같은 자릿수, x, X, 04x, u8, u16be, u16le, u24be, u32be, u48be, u64be와 le로 끝나는 것입니다`,
	markTwice: mark => `{${mark}}: 메시지에 한 번만 씁니다`,
	endFirst: () => '{end}는 {start} 뒤에 씁니다',
	inFront: written => `${written}: 계산할 내용보다 앞에 있습니다. {start}로 시작을 표시합니다`,
};

function slip(isSlip: boolean): string {
	return isSlip ? `; ${quotes}` : '';
}

function perhaps(word: string, allowed: readonly string[]): string {
	const near = nearest(word.toLowerCase(), allowed);
	return near === undefined ? '' : `; 혹시 '${near}'`;
}
