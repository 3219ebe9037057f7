import type {FaultSentences} from '../../../text/files/file-problem.ts';
import {nearest} from '../../../text/nearest.ts';
import {formatBytes} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import {fileProblem} from './files-ko.ts';

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
};

function name(word: string): string {
	return names[word] ?? word;
}

/** `규칙은`: what is told of a part of the file. */
function of(what: string): string {
	return withParticle(name(what), ['은', '는']);
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

/** What can be wrong with a file, in Korean. */
export const faultsKo: FaultSentences = {
	said: text => text,
	system: (_, code, path) => `${path === '' ? '' : `${path}: `}${fileProblem(code)}`,
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
	missing: (what, keys) => `${name(what)}에 ${withParticle(keys.join(', '), ['이', '가'])} 있어야 합니다`,
	oneKey: (what, keys) => `${name(what)}에는 ${keys.join(', ')} 중 정확히 하나가 있어야 합니다`,
	word: (what, word, allowed) => `${of(what)} ${allowed.join(', ')} 중 하나입니다. '${word}'은(는) 쓸 수 없습니다${perhaps(word, allowed)}`,
	integer: (what, least, most, text) => `${of(what)} ${least}부터 ${most}까지의 정수입니다. '${text}'은(는) 쓸 수 없습니다`,
	hex: (what, digits) => `${of(what)} DE AD BE EF처럼 두 자리씩 쓴 16진수입니다: '${digits}'`,
	duration: (what, text) => `${of(what)} 200ms나 1.5s처럼 60 s까지의 시간입니다: '${text}'`,
	unwritable: (encoding, character) => `${encoding}에는 '${character}' 문자가 없습니다`,
	tooLarge: (path, size, most) => `파일: ${path}의 크기는 ${formatBytes(size)}, 최대 ${formatBytes(most)}까지 보낼 수 있습니다`,
	noFile: (path, _, code) => `파일: ${path === '' ? '' : `${path}: `}${fileProblem(code)}`,
	notRegular: path => `${path}: 일반 파일이 아닙니다`,
	closeAndReset: () => '규칙은 연결을 닫거나 리셋합니다. 둘 다는 안 됩니다',
	flagsAlone: () => 'flags는 regex와 함께 씁니다',
	flags: flags => `flags는 imsu의 문자입니다. '${flags}'은(는) 쓸 수 없습니다`,
	anyFalse: () => 'any는 true로 쓰거나 뺍니다',
	regex: message => `regex: 잘못된 정규식(${message})`,
	noExport: () => '모듈에 default export가 없습니다: export default function (message, peer) { … }',
	wrongExport: found => `default export는 message와 peer를 받는 함수입니다: ${found}`,
	wrongAnswer: found => `응답은 문자열, 바이트(Uint8Array, Buffer), undefined 중 하나입니다: ${found}`,
	noMessages: () => '메시지 파일에는 messages나 sequences가 있어야 합니다',
	wrongName: word => `이름에는 문자, 숫자, '_', '.', '-'를 쓰며 '.'이나 '-'로 시작하지 않습니다: '${word}'`,
	nameTwice: word => `${withParticle(word, ['은', '는'])} 메시지의 이름이기도 합니다`,
	noMessage: word => `${word}에 메시지가 없습니다`,
	nested: word => `${withParticle(word, ['은', '는'])} 시퀀스입니다: 시퀀스의 단계는 메시지와 pause입니다`,
	noPause: () => 'forever로 반복하려면 pause가 있어야 합니다',
	overflow: (written, value) => `${written}에 ${value}이(가) 들어갈 자리가 없습니다`,
	noPlaceholder: written =>
		`${written}: 자리표시자가 아닙니다. 예: {counter}, {length:u16be}, {length:u16be+2}, {start}; 중괄호 자체는 {{로 씁니다`,
	nothingAdded: written => `${written}: counter와 length에만 수를 더할 수 있습니다`,
	hexFormat: (written, example) => `${written}: hex의 자리표시자에는 형식이 있어야 합니다. 예: ${example}`,
	timeFormat: written => `${written}: time의 형식은 없음(ISO 8601), s, ms, u32be와 u32le(초), u48be, u64be 등(밀리초)입니다`,
	checksumFormat: (written, word, bits) => `${written}: ${word}의 형식은 x, X, u${bits}be, u${bits}le입니다`,
	numberFormat: written =>
		`${written}: 형식은 04 같은 자릿수, x, X, 04x, u8, u16be, u16le, u24be, u32be, u48be, u64be와 le로 끝나는 것입니다`,
	markTwice: mark => `{${mark}}은(는) 메시지에 한 번만 씁니다`,
	endFirst: () => '{end}는 {start} 뒤에 씁니다',
	inFront: written => `${withParticle(written, ['은', '는'])} 계산할 내용보다 앞에 있습니다: {start}로 시작을 표시합니다`,
};

function slip(isSlip: boolean): string {
	return isSlip ? `; ${quotes}` : '';
}

function perhaps(word: string, allowed: readonly string[]): string {
	const near = nearest(word.toLowerCase(), allowed);
	return near === undefined ? '' : `; 혹시 '${near}'`;
}
