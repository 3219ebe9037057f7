/* What a command line that cannot be used was probably meant as: habits of nc, ncat, socat and browsers, and slips. */
import {parseAddress, parseHost} from '../text/address.ts';
import {nearest} from '../text/nearest.ts';
import {shellLine} from '../text/shell-line.ts';
import {namedRules} from '../replies/reply-rule.ts';
import {presetNames} from '../link/presets.ts';
import {
	dashed, type Flags, type Token, tokensOf,
} from './tokens.ts';

/** What is known so far of what was meant: values of flags, by their names, and words that were no flag's. */
type Meaning = {
	readonly values: Map<string, string | true>;
	readonly loose: string[];
	/** Whether nc is a server (-l), else a client. */
	isServer: boolean;
	/** It is as one types it for nc: that is TCP unless -u is given. */
	isNetcat: boolean;
};

/** Flags of nc and ncat, and names that others give to flags of this program. The value is the next word. */
const habits: Readonly<Record<string, (meaning: Meaning, next: () => string | undefined) => void>> = {
	l(meaning) {
		meaning.isServer = true;
		meaning.isNetcat = true;
	},
	u({values}) {
		values.set('protocol', 'udp');
	},
	t({values}) {
		values.set('protocol', 'tcp');
	},
	4({values}) {
		values.set('host', '127.0.0.1');
	},
	6({values}) {
		values.set('host', '::1');
	},
	k: ignored,
	n: ignored,
	N: ignored,
	v: ignored,
	w: ignoredWithValue,
	q: ignoredWithValue,
	i: ignoredWithValue,
	V({values}) {
		values.set('version', true);
	},
	s: namedAs('host'),
	bind: namedAs('host'),
	address: namedAs('host'),
	'source-port': namedAs('port'),
	to: namedAs('connect'),
	remote: namedAs('connect'),
	target: namedAs('connect'),
	server: namedAs('connect'),
	rule: namedAs('reply'),
	language: namedAs('lang'),
	locale: namedAs('lang'),
	broker({values}) {
		values.set('reply', 'chat');
	},
	echo({values}) {
		values.set('reply', 'echo');
	},
};

/** The long names of those that have a letter. */
const longHabits: Readonly<Record<string, string>> = {
	listen: 'l', udp: 'u', tcp: 't', ipv4: '4', ipv6: '6', 'keep-open': 'k', nodns: 'n', verbose: 'v',
};

const conditionNames = new Set(['loss', 'delay', 'jitter', 'duplication', 'reordering', 'corruption', 'rate', 'queue']);

function ignored(): void {
	// What it asks for is so in any case: a server keeps listening, every call is shown, names are looked up once.
}

function ignoredWithValue(_meaning: Meaning, next: () => string | undefined): void {
	next();
}

function namedAs(name: string): (meaning: Meaning, next: () => string | undefined) => void {
	return ({values}, next) => {
		values.set(name, next() ?? '');
	};
}

/**
What a command line that cannot be used was probably meant as, as one types it; undefined where that cannot be told.

@param isUsable - whether the program takes this command line
@param before - a subcommand, and what else stands before the options
@param subcommands - the names that the first word may have been meant as
*/
export function meantCommand(
	argv: readonly string[],
	flags: Flags,
	isUsable: (argv: readonly string[]) => boolean,
	before: readonly string[] = [],
	subcommands: readonly string[] = [],
): string | undefined {
	const [first = '', ...others] = argv;
	const subcommand = before.length === 0 && !first.startsWith('-') && /^[a-z]{3,}$/i.test(first) && !isKnownWord(first)
		? nearest(first.toLowerCase(), subcommands)
		: undefined;
	if (subcommand !== undefined) {
		return shellLine(['socket-playground', subcommand, ...others]);
	}

	// A keyboard with an input method, or a document, makes full-width characters and long dashes.
	const plain = argv.map(word => word.normalize('NFKC').replace(/^[‐-―−]+(?=\p{Letter})/u, '--'));
	const meaning: Meaning = {
		values: new Map(), loose: [], isServer: false, isNetcat: false,
	};
	const tokens = tokensOf(plain, flags);
	const next = (): string | undefined => {
		const [token] = tokens;
		return token?.type === 'argument' ? (tokens.shift() as typeof token).text : undefined;
	};

	for (let token = tokens.shift(); token; token = tokens.shift()) {
		if (token.type === 'argument') {
			meaning.loose.push(token.text);
		} else if (token.type === 'flag') {
			const before = flags[token.name]?.isMultiple ? meaning.values.get(token.name) : undefined;
			const value = token.isNegated ? 'false' : (token.value ?? true);
			meaning.values.set(token.name, typeof before === 'string' ? `${before}\0${value}` : value);
		} else if (!takeUnknown(token, meaning, flags, next)) {
			return undefined;
		}
	}

	mendValues(meaning);
	if (!takeLoose(meaning)) {
		return undefined;
	}

	const {values, isNetcat} = meaning;
	if (isNetcat && !values.has('protocol')) {
		values.set('protocol', 'tcp');
	}

	const isVersion = values.has('version') || (argv.length === 1 && argv[0] === '-v');
	const meant = isVersion ? ['--version'] : argumentsOf(values, flags);
	return meant.join('\0') !== argv.join('\0') && (isVersion || isUsable(meant))
		? shellLine(['socket-playground', ...before, ...meant])
		: undefined;
}

/** Whether a word is a protocol, a rule or a preset, or stands for a flag. */
function isKnownWord(word: string): boolean {
	return ['udp', 'tcp', 'help', 'version', ...namedRules, ...presetNames].includes(word.toLowerCase());
}

/** Letters of nc, a name that another program has for a flag, or a slip of the fingers. */
function takeUnknown(
	{typed, value}: Extract<Token, {type: 'unknown'}>,
	meaning: Meaning,
	flags: Flags,
	next: () => string | undefined,
): boolean {
	const nextValue = (): string | undefined => value ?? next();
	if (!typed.startsWith('--')) {
		return takeLetters(typed.slice(1), meaning, nextValue);
	}

	const name = typed.slice(2).toLowerCase();
	const habit = habits[longHabits[name] ?? (name.length > 1 ? name : '')];
	if (habit) {
		habit(meaning, nextValue);
		return true;
	}

	if (conditionNames.has(name)) {
		const others = meaning.values.get('link');
		const own = `${name}=${nextValue() ?? ''}`;
		meaning.values.set('link', typeof others === 'string' ? `${others},${own}` : own);
		return true;
	}

	const near = nearest(name, Object.keys(flags).map(flag => dashed(flag)));
	const flag = Object.keys(flags).find(known => dashed(known) === near);
	if (flag === undefined) {
		return false;
	}

	meaning.values.set(flag, flags[flag]?.type === 'boolean' ? true : nextValue() ?? '');
	return true;
}

/** Letters behind one dash, as in `-lup 9000` or `-l9000`. */
function takeLetters(text: string, meaning: Meaning, next: () => string | undefined): boolean {
	const [, letters = '', digits = ''] = /^([a-z]+?)(\d{2,})?$/i.exec(text) ?? /^([46a-z]+)$/i.exec(text) ?? [];
	if (digits !== '') {
		meaning.loose.push(digits);
	}

	for (const letter of letters) {
		if (letter !== 'p' && habits[letter] === undefined) {
			return false;
		}

		habits[letter]?.(meaning, next);
	}

	return letters !== '';
}

/** Values that are another flag's, or nearly one that is allowed. */
function mendValues({values}: Meaning): void {
	const text = (name: string): string => {
		const value = values.get(name);
		return typeof value === 'string' ? value.trim() : '';
	};

	const protocol = text('protocol').toLowerCase();
	if (/^\d+$/.test(protocol)) {
		values.delete('protocol');
		values.set('port', protocol);
	} else if (/^(?:udp|tcp)[46]?$/.test(protocol)) {
		values.set('protocol', protocol.slice(0, 3));
	}

	for (const name of ['host', 'port']) {
		const {host, port} = /^:?\d+$/.test(text(name))
			? {host: undefined, port: text(name).replace(':', '')}
			: parseAddress(text(name).replace(/^\w+:\/\//, '').replace(/\/$/, '')) ?? {};
		if (port !== undefined) {
			values.delete(name);
			values.set('port', String(port));
			if (host !== undefined) {
				values.set('host', host);
			}
		}
	}

	if (values.has('connect')) {
		setConnect(values, text('connect'));
	}

	for (const [name, choices] of [['reply', namedRules], ['link', presetNames]] as const) {
		const near = nearest(text(name).toLowerCase(), choices);
		if (near !== undefined && !text(name).includes('=')) {
			values.set(name, near);
		}
	}

	const language = text('lang').toLowerCase();
	if (/^(?:kr|kor|ko[-_].*|korean|한국어|한글)$/.test(language)) {
		values.set('lang', 'ko');
	} else if (/^(?:en[-_].*|us|uk|english|c)$/.test(language)) {
		values.set('lang', 'en');
	}
}

/** Words that are no flag's: addresses, ports, and what other programs call them. */
function takeLoose(meaning: Meaning): boolean {
	const {values, isServer} = meaning;
	const loose = meaning.loose.filter(word => word !== '-' && word !== '');
	const [first, second] = loose;
	if (first === undefined) {
		return true;
	}

	if (second !== undefined) {
		if (loose.length > 2 || !/^\d+$/.test(second)) {
			return false;
		}

		if (isServer) {
			values.set('host', first);
			values.set('port', second);
			return true;
		}

		meaning.isNetcat = true;
		return setConnect(values, first.includes(':') ? `[${first}]:${second}` : `${first}:${second}`);
	}

	if (/^:?\d+$/.test(first)) {
		values.set('port', first.replace(':', ''));
		return true;
	}

	const word = first.toLowerCase();
	for (const [name, choices] of [['protocol', ['udp', 'tcp']], ['reply', namedRules], ['link', presetNames]] as const) {
		const found = (choices as readonly string[]).find(choice => choice === word);
		if (found !== undefined) {
			values.set(name, found);
			return true;
		}
	}

	if (word === 'help' || word === 'version') {
		values.clear();
		values.set(word, true);
		return true;
	}

	if (isServer && parseHost(first) !== undefined) {
		values.set('host', first);
		return true;
	}

	return /[:/]/.test(first) && setConnect(values, first);
}

const schemePorts: Readonly<Record<string, string>> = {
	http: '80', ws: '80', https: '443', wss: '443',
};

/** Set where clients send to from what was typed as an address; false where it is none. */
function setConnect(values: Map<string, string | true>, typed: string): boolean {
	const socat = /^(tcp|udp)[46]?(?:-(\w+))?:(?!\/\/)([^,]+)(?:,.*)?$/i.exec(typed);
	const url = /^(\w+):\/\/([^/]*)/.exec(typed);
	const device = /^(?:\/dev\/)?(tcp|udp)\/(.+)$/i.exec(typed);
	const protocol = (socat?.[1] ?? url?.[1] ?? device?.[1])?.toLowerCase();
	if (protocol !== undefined) {
		values.set('protocol', protocol === 'udp' ? 'udp' : 'tcp');
	}

	if (/^(?:l|listen|recv|recvfrom)$/i.test(socat?.[2] ?? '')) {
		values.set('port', socat?.[3] ?? '');
		return true;
	}

	const text = socat?.[3] ?? url?.[2] ?? device?.[2] ?? typed;
	const port = schemePorts[protocol ?? ''] ?? '12000';
	const address = [
		text,
		text.replace(/[ /,](?=\d+$)/, ':'),
		text.replace(/^(.*):(\d+)$/, '[$1]:$2'),
		`${text.replace(/:$/, '')}:${port}`,
		`[${text}]:${port}`,
		`127.0.0.1:${text.replace(/^:/, '')}`,
	].find(candidate => parseAddress(candidate) && !/^\d+:/.test(candidate));
	if (address !== undefined) {
		values.set('connect', address);
	}

	return address !== undefined;
}

/** Flags with their values as one types them, in the order of the help. */
function argumentsOf(values: ReadonlyMap<string, string | true>, flags: Flags): string[] {
	return Object.keys(flags).flatMap(name => {
		const value = values.get(name);
		if (value === undefined || value === 'false') {
			return value === undefined ? [] : [`--no-${dashed(name)}`];
		}

		const flag = name === 'protocol' ? '-p' : `--${dashed(name)}`;
		return value === true ? [flag] : value.split('\0').flatMap(each => [flag, each]);
	});
}
