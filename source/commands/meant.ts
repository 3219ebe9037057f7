/* What a command line that cannot be used was probably meant as: habits of nc, ncat, socat and browsers, and slips. */
import {conditionsOf} from '../link/conditions.ts';
import {presetNames} from '../link/presets.ts';
import {namedRules} from '../replies/reply-rule.ts';
import {parseAddress, parseHost} from '../text/address.ts';
import {nearest} from '../text/nearest.ts';
import {shellLine} from '../text/shell-line.ts';
import {
	dashed, type Flags, nearestFlag, type Token, tokensOf,
} from './tokens.ts';

/** Flags by their names, with their values; none for a flag without one. */
type Values = Map<string, readonly string[]>;

/** The flag that it is here, or a name of its own where it is none; and its value where that is not the next word. */
type Habit = readonly [flag: string, value?: string];

/** What it asks for is so in any case: a server keeps listening, every call is shown, names are looked up once. */
const ignored: Habit = ['', ''];
const ignoredWithValue: Habit = [''];
const [listen, udp, tcp]: readonly Habit[] = [['listen', ''], ['protocol', 'udp'], ['protocol', 'tcp']];
const [ipv4, ipv6]: readonly Habit[] = [['host', '127.0.0.1'], ['host', '::1']];

/** Flags of nc and ncat, and names that others give to flags of this program. */
const habits: Readonly<Record<string, Habit | undefined>> = {
	l: listen, u: udp, t: tcp, 4: ipv4, 6: ipv6, listen, udp, tcp, ipv4, ipv6,
	k: ignored, n: ignored, N: ignored, v: ignored, 'keep-open': ignored, nodns: ignored, verbose: ignored,
	w: ignoredWithValue, q: ignoredWithValue, i: ignoredWithValue,
	V: ['version', ''],
	s: ['host'], bind: ['host'], address: ['host'],
	'source-port': ['port'],
	to: ['connect'], remote: ['connect'], target: ['connect'], server: ['connect'],
	rule: ['reply'], broker: ['reply', 'chat'], echo: ['reply', 'echo'],
	language: ['lang'], locale: ['lang'],
};

/** Words that stand for a flag's value. */
const choices = {protocol: ['udp', 'tcp'], reply: namedRules, link: presetNames} as const;
const commands = ['help', 'version'];

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
	const isCommand = before.length === 0 && /^[a-z]{3,}$/i.test(first)
		&& ![...commands, ...Object.values(choices).flat()].includes(first.toLowerCase());
	const subcommand = isCommand ? nearest(first.toLowerCase(), subcommands) : undefined;
	if (subcommand !== undefined) {
		return shellLine(['socket-playground', subcommand, ...others]);
	}

	// A subcommand comes first, and its options behind it.
	const late = tokensOf(argv, flags).find(token => token.type === 'argument' && subcommands.includes(token.text));
	if (late?.type === 'argument') {
		const at = argv.indexOf(late.text);
		return shellLine(['socket-playground', ...argv.slice(at), ...argv.slice(0, at)]);
	}

	// A keyboard with an input method, or a document, makes full-width characters and long dashes.
	const plain = argv.map(word => word.normalize('NFKC').replace(/^[‐-―−]+(?=\p{Letter})/u, '--'));
	const values = argv.length === 1 && argv[0] === '-v' ? new Map([['version', []]]) : valuesIn(plain, flags);
	if (!values) {
		return undefined;
	}

	const isVersion = values.has('version');
	const meant = isVersion ? ['--version'] : argumentsOf(values, flags);
	return meant.join('\0') !== argv.join('\0') && (isVersion || isUsable(meant))
		? shellLine(['socket-playground', ...before, ...meant])
		: undefined;
}

/** The flags that were meant; undefined where that cannot be told. */
function valuesIn(argv: readonly string[], flags: Flags): Values | undefined {
	const values: Values = new Map();
	const loose: string[] = [];
	const tokens = tokensOf(argv, flags);
	const next = (): string => {
		const [token] = tokens;
		if (token?.type !== 'argument') {
			return '';
		}

		tokens.shift();
		return token.text;
	};

	for (let token = tokens.shift(); token; token = tokens.shift()) {
		if (token.type === 'argument') {
			loose.push(token.text);
		} else if (token.type === 'unknown') {
			const isTaken = takeUnknown(token, {
				values, loose, flags, next,
			});
			if (!isTaken) {
				return undefined;
			}
		} else {
			const {value, isMultiple = false} = flags[token.name]!;
			const given = value === undefined ? [] : [token.value ?? ''];
			values.set(token.name, isMultiple ? [...values.get(token.name) ?? [], ...given] : given);
		}
	}

	mendValues(values);
	const words = loose.filter(word => word !== '-' && word !== '');
	if (!takeLoose(words, values)) {
		return undefined;
	}

	// As one types it for nc: that is TCP unless -u is given.
	if ((values.has('listen') || words.length > 1) && !values.has('protocol')) {
		values.set('protocol', ['tcp']);
	}

	return values;
}

/** Letters of nc, a name that another program has for a flag, or a slip of the fingers. */
function takeUnknown({typed, value}: Extract<Token, {type: 'unknown'}>, {
	values, loose, flags, next,
}: {
	readonly values: Values;
	readonly loose: string[];
	readonly flags: Flags;
	readonly next: () => string;
}): boolean {
	const take = ([flag, known]: Habit): void => {
		values.set(flag, [known ?? value ?? next()]);
	};

	if (!typed.startsWith('--')) {
		// Letters behind one dash, as in `-lup 9000` or `-l9000`.
		const [, letters = '', port] = /^-([a-z]+?)(\d{2,})?$/i.exec(typed) ?? /^-([46a-z]+)$/i.exec(typed) ?? [];
		const found = [...letters.replaceAll('p', '')].map(letter => habits[letter]);
		loose.push(...port === undefined ? [] : [port]);
		for (const habit of found) {
			take(habit ?? ignored);
		}

		return letters !== '' && !found.includes(undefined);
	}

	const name = typed.slice(2).toLowerCase();
	const near = nearestFlag(typed, flags);
	const habit = name.length > 1 ? habits[name] : undefined;
	if (habit) {
		take(habit);
	} else if ((conditionsOf.udp as readonly string[]).includes(name)) {
		values.set('link', [[...values.get('link') ?? [], `${name}=${value ?? next()}`].join(',')]);
	} else if (near === undefined) {
		return false;
	} else {
		values.set(near, flags[near]?.value === undefined ? [] : [value ?? next()]);
	}

	return true;
}

/** Values that are another flag's, or nearly one that is allowed. */
function mendValues(values: Values): void {
	const text = (name: string): string => values.get(name)?.[0]?.trim() ?? '';
	const set = (name: string, value: string | number | undefined): void => {
		if (value !== undefined) {
			values.set(name, [String(value)]);
		}
	};

	const protocol = text('protocol').toLowerCase();
	if (/^\d+$/.test(protocol)) {
		values.delete('protocol');
		set('port', protocol);
	} else if (/^(?:udp|tcp)[46]?$/.test(protocol)) {
		set('protocol', protocol.slice(0, 3));
	}

	for (const name of ['host', 'port']) {
		const [, digits] = /^:?(\d+)$/.exec(text(name)) ?? [];
		const address = parseAddress(text(name).replace(/^\w+:\/\//, '').replace(/\/$/, ''));
		if (digits !== undefined || address) {
			values.delete(name);
			set('port', digits ?? address?.port);
			set('host', address?.host);
		}
	}

	if (values.has('connect')) {
		setConnect(values, text('connect'));
	}

	for (const name of ['reply', 'link'] as const) {
		set(name, text(name).includes('=') ? undefined : nearest(text(name).toLowerCase(), choices[name]));
	}

	const language = text('lang').toLowerCase();
	if (/^(?:kr|kor|ko[-_].*|korean|한국어|한글)$/.test(language)) {
		set('lang', 'ko');
	} else if (/^(?:en[-_].*|us|uk|english|c)$/.test(language)) {
		set('lang', 'en');
	}
}

/** Words that are no flag's: addresses, ports, and what other programs call them. */
function takeLoose([first, second, ...others]: readonly string[], values: Values): boolean {
	if (first === undefined) {
		return true;
	}

	const isServer = values.has('listen');
	if (second !== undefined) {
		if (others.length > 0 || !/^\d+$/.test(second)) {
			return false;
		}

		if (isServer) {
			values.set('host', [first]).set('port', [second]);
			return true;
		}

		return setConnect(values, first.includes(':') ? `[${first}]:${second}` : `${first}:${second}`);
	}

	const word = first.toLowerCase();
	const [, port] = /^:?(\d+)$/.exec(first) ?? [];
	const named = Object.entries(choices).find(([, known]) => (known as readonly string[]).includes(word));
	if (port !== undefined) {
		values.set('port', [port]);
	} else if (named) {
		values.set(named[0], [word]);
	} else if (commands.includes(word)) {
		values.clear();
		values.set(word, []);
	} else if (isServer && parseHost(first) !== undefined) {
		values.set('host', [first]);
	} else {
		return /[:/]/.test(first) && setConnect(values, first);
	}

	return true;
}

const schemePorts: Readonly<Record<string, string>> = {
	http: '80', ws: '80', https: '443', wss: '443',
};

/** Set where clients send to from what was typed as an address; false where it is none. */
function setConnect(values: Values, typed: string): boolean {
	const [, transport, kind = '', target]
		= /^(tcp|udp)[46]?(?:-(\w+))?:(?!\/\/)([^,]+)(?:,.*)?$/i.exec(typed)
			?? /^(\w+):()\/\/([^/]*)/.exec(typed)
			?? /^(?:\/dev\/)?(tcp|udp)()\/(.+)$/i.exec(typed)
			?? [];
	const protocol = transport?.toLowerCase();
	if (protocol !== undefined) {
		values.set('protocol', [protocol === 'udp' ? 'udp' : 'tcp']);
	}

	// As socat has it.
	if (/^(?:l|listen|recv|recvfrom)$/i.test(kind)) {
		values.set('port', [target ?? '']);
		return true;
	}

	const text = target ?? typed;
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
		values.set('connect', [address]);
	}

	return address !== undefined;
}

/** Flags with their values as one types them, in the order of the help. */
function argumentsOf(values: Values, flags: Flags): string[] {
	return Object.keys(flags).filter(name => values.has(name)).flatMap(name => {
		const flag = name === 'protocol' ? '-p' : dashed(name);
		return flags[name]!.value === undefined ? [flag] : values.get(name)!.flatMap(value => [flag, value]);
	});
}
