/* What can be wrong with a file that a person has written, in English: a sentence for each fault, with its values. */
import {nearest} from '../nearest.ts';
import {type Allowed, allowedText, orList} from './allowed.ts';
import {commandFaultsEn} from './command-faults-en.ts';

/** More words than these are not listed where one of them was probably meant. */
const maxListed = 32;

const orders = 'u8, u16be, u16le, u24be, u32be, u48be, u64be and the same with le';

/**
What can be wrong, by name. `what` is the part of the file, such as `a rule`, or a flag; where `isSlip`, a text is
perhaps not in quotes that should be.
*/
const fileFaultsEn = {
	said: (text: string) => text,
	system: (message: string, _code: string, _path: string) => message,
	/** What the YAML parser says; by its code, another language says the same. */
	yaml: (text: string, isSlip: boolean, _code: string) => `${text}${quotes(isSlip, ': ')}`,
	map: (what: string, keys: readonly string[], isSlip: boolean) =>
		`${what} is a map with the keys ${keys.join(', ')}${quotes(isSlip)}`,
	names: (what: string, isSlip: boolean) => `${what} is a map from names, with at least one entry${quotes(isSlip)}`,
	list: (what: string) => `${what} is a list with at least one entry`,
	text: (what: string) => `${what} is a text${quotes(true)}`,
	unknown(kind: string, name: string, where: string, allowed: readonly string[], hint: string) {
		const list = allowed.length > 0 ? `; allowed are ${allowed.join(', ')}` : '';
		return `unknown ${kind} '${name}' in ${where}${perhaps(name, allowed)}${list}${hint === '' ? '' : `; ${hint}`}`;
	},
	missing: (what: string, keys: readonly string[]) => `${what} needs ${keys.join(', ')}`,
	oneKey: (what: string, keys: readonly string[]) => `${what} has exactly one of ${keys.join(', ')}`,
	word(what: string, word: string, allowed: readonly string[]) {
		const near = perhaps(word, allowed);
		return near !== '' && allowed.length > maxListed
			? `unknown ${what} '${word}'${near}`
			: `${what} is ${orList(allowed)}, not '${word}'${near}`;
	},
	integer: (what: string, least: number, most: number, text: string) =>
		`${what} is a whole number from ${least} to ${most}, not '${text}'`,
	hex: (what: string, digits: string) => `${what} is bytes such as DE AD BE EF, in pairs of digits, not '${digits}'`,
	duration: (what: string, text: string) =>
		`${what} is a duration up to 60 s such as 200ms or 1.5s, not '${text}'`,
	/** The name of the encoding, and the character. */
	unwritable: (encoding: string, character: string) => `${encoding} cannot write '${character}'`,
	/** A file that another one names. */
	tooLarge: (path: string, size: number, most: number) =>
		`file: ${path} has ${size} bytes, and at most ${most} are sent from a file`,
	noFile: (_path: string, message: string, _code: string) => `file: ${message}`,
	notRegular: (path: string) => `${path} is no regular file`,
	// Values, here and on the command line. `near` is what was probably meant.
	value(what: string, allowed: Allowed, text: string, near?: string) {
		const meant = near === undefined ? '' : `; perhaps: ${near}`;
		const takes = allowedText(allowed);
		return `${what} ${text === '' ? `needs a value: ${takes}` : `takes ${takes}, not '${text}'${meant}`}`;
	},
	twice: (what: string) => `${what} is given twice`,
	/** `before` stands before the sentence, such as `--link: `. */
	noCondition: (before: string, part: string, presets: readonly string[], conditions: readonly string[]) =>
		`${before}'${part}' is no link condition; allowed are ${presets.join(', ')}, `
		+ `or name=value with ${conditions.join(', ')}`,
	conditionOfOther: (what: string, protocol: string, conditions: readonly string[]) =>
		`${what} means nothing over ${protocol.toUpperCase()}, whose conditions are ${conditions.join(', ')}`,
	presetFirst: (part: string) => `${part} must come first; what follows changes it`,
	otherProtocol: (what: string, protocol: string) =>
		`${what} is for ${protocol}: Node sets it on ${protocol} sockets only`,
	backlogOfUdp: (what: string) => `${what} is for TCP: UDP has no connections that could wait`,
	framingOfUdp: (what: string) => `${what} is for TCP: a datagram is a message already`,
	framingOfWide: (what: string, encoding: string) =>
		`${what} is for encodings in which a line feed is one byte, not ${encoding}`,
	// Lessons. `what` is a text of the file, `name` what an event is called by `as`.
	noText: (what: string, languages: readonly string[]) => `${what} has no text in ${languages.join(' or ')}`,
	extraText: (what: string, language: string) => `${what} has a text in ${language}, which the title has not`,
	openPlaceholder: () => 'a placeholder begins here and does not end: a brace itself is {{',
	noLessonPlaceholder: (path: string) =>
		`'${path}' is no placeholder: {key:flow}, {name.field}, {later - earlier}; a brace itself is {{`,
	conditionKeys: (keys: readonly string[], found: readonly string[]) =>
		`a condition has one of the keys ${keys.join(', ')}`
		+ (found.length > 1 ? `, and this has ${found.join(' and ')}: join them with all` : ''),
	notOfEvent: () => 'not takes a state, view, overlay or experiment: an event that must not happen stands in without',
	noPayload: (kind: string, field: string) => `${kind} has no payload, and so no ${field}`,
	becameOfOther: () => 'became goes with datagram-sent and chunk-sent: only of them something becomes known later',
	noComparison: (text: string, operators: readonly string[]) =>
		`'${text}' is no comparison: field operator value, such as length > 5; operators are ${operators.join(', ')}`,
	operator: (field: string, operator: string, isOrder: boolean) =>
		`${field} cannot be compared with ${operator}: ${isOrder ? 'it is no number' : 'it is no text'}`,
	compared: (field: string, allowed: Allowed, text: string) =>
		`${field} is compared with ${allowedText(allowed)}, not '${text}'`,
	incomparable: (one: string, other: string) =>
		`${one} and ${other} cannot be compared: one is an address, with .host and .port`,
	unbound: (name: string) =>
		`nothing is bound to '${name}' by then: as: ${name} stands in an earlier part of the same then, `
		+ 'or in another check of the step',
	notYet: (name: string) =>
		`'${name}' may not have happened yet: `
		+ `what stands for it then comes after a bar, as in {${name}.peer|the server}`,
	otherStep: (name: string) => `'${name}' is not bound by the checks of this step: `
		+ `what stands for it then comes after a bar, as in {${name}.peer|the server}`,
	noChoices: () => 'a choice needs choices',
	choicesOfOther: (kind: string) => `only a choice has choices, and this is a ${kind}`,
	choiceTwice: (id: string) => `two choices have the id '${id}'`,
	// Reply rules.
	closeAndReset: () => 'a rule closes the connection or resets it, not both',
	flagsAlone: () => 'flags belong to a regex',
	flags: (flags: string) => `flags are letters of imsu, not '${flags}'`,
	anyFalse: () => 'any is true, or is left out',
	regex: (what: string, message: string) => `${what}: ${message}`,
	noExport: () => 'the module has no default export: export default function (message, peer) { … }',
	wrongExport: (found: string) => `the default export is a function of message and peer, not a ${found}`,
	endingCall: (call: string) => `${call} does not end the program: a signal to its process does`,
	wrongAnswer: (found: string) => `an answer is a string, bytes (Uint8Array, Buffer) or undefined, not a ${found}`,
	// Saved messages. `written` is a placeholder as the file has it.
	noMessages: () => 'a file of messages has messages or sequences',
	wrongName: (name: string) =>
		`a name has letters, digits, '_', '.' and '-', and begins with none of the last two; not '${name}'`,
	nameTwice: (name: string) => `${name} is the name of a message, too`,
	noMessage: (name: string) => `${name} has no message`,
	nested: (name: string) => `${name} is a sequence: the steps of a sequence are messages and pauses`,
	noPause: () => 'what is repeated forever has a pause in it',
	overflow: (written: string, value: number) => `${written} has no room for ${value}`,
	noPlaceholder: (written: string) =>
		`${written} is no placeholder: {counter}, {length:u16be}, {length:u16be+2}, {start}; a brace itself is {{`,
	nothingAdded: (written: string) => `${written}: only to counter and length something can be added`,
	hexFormat: (written: string, example: string) =>
		`${written}: in hex a placeholder has its format, such as ${example}`,
	timeFormat: (written: string) =>
		`${written}: the formats of a time are none (ISO 8601), s, ms, u32be and u32le (seconds), `
		+ 'u48be, u64be and the like (milliseconds)',
	checksumFormat: (written: string, name: string, bits: number) =>
		`${written}: the formats of ${name} are x, X, u${bits}be and u${bits}le`,
	numberFormat: (written: string) =>
		`${written}: the formats are a number of places such as 04, x, X, 04x, ${orders}`,
	markTwice: (mark: string) => `{${mark}} stands once in a message`,
	endFirst: () => '{end} stands behind {start}',
	inFront: (written: string) => `${written} stands in front of what it counts: {start} says where that begins`,
} as const satisfies Readonly<Record<string, (...values: never[]) => string>>;

/** The sentences, with those of the command line. Marked so that a bundle without a use of them leaves them out. */
export const faultsEn = /* @__PURE__ */ joined(commandFaultsEn, fileFaultsEn);

function joined<One, Other>(one: One, other: Other): One & Other {
	return {...one, ...other};
}

function quotes(isSlip: boolean, separator = '; '): string {
	return isSlip ? `${separator}a text with a colon, a comma or a brace in it stands in quotes` : '';
}

function perhaps(word: string, allowed: readonly string[]): string {
	const near = nearest(word.toLowerCase(), allowed);
	return near === undefined ? '' : `; perhaps '${near}'`;
}
