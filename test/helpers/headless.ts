import {readFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import type {ExecutionContext} from 'ava';
import type {JsonLine} from '../../source/headless/json-line.ts';
import type {Address} from '../../source/log/event.ts';
import {parseAddress} from '../../source/text/address.ts';
import {Program} from './program.ts';
import {program} from './terminal-app.ts';

type JsonLineOf<Type extends JsonLine['type']> = Extract<JsonLine, {type: Type}>;

/** A run of the program without a screen, and what it has written. It is ended with the test. */
export class Headless extends Program {
	/** The lines that have been read already. */
	readonly #json: JsonLine[] = [];

	/**
	Unless it is told how long it waits, `send` waits long for an answer, which on a busy machine may be late.

	@param input - what its standard input has; a number is a descriptor, undefined leaves it open
	*/
	constructor(
		t: ExecutionContext,
		args: readonly string[],
		input?: Uint8Array | string | number,
		env: Readonly<Record<string, string>> = {},
	) {
		const waits = args[0] === 'send' && !args.includes('--wait') ? ['--wait', '60s'] : [];
		super(t, process.execPath, [program, ...args, ...waits], {input, env: {NO_COLOR: '1', ...env}});
	}

	/** The whole lines of the output. */
	get lines(): string[] {
		return this.text.split('\n').slice(0, -1);
	}

	/** Those lines, read as JSON; each is as the schema says. */
	get json(): readonly JsonLine[] {
		for (const line of this.lines.slice(this.#json.length)) {
			const problem = checkLine(line);
			if (problem !== undefined) {
				throw new Error(`${line}: ${problem}`);
			}

			this.#json.push(JSON.parse(line) as JsonLine);
		}

		return this.#json;
	}

	/** The lines of a type. */
	all<Type extends JsonLine['type']>(type: Type): Array<JsonLineOf<Type>> {
		return this.json.filter((line): line is JsonLineOf<Type> => line.type === type);
	}

	/** Wait for the address in the first line, or in the line `ready`. */
	async address(): Promise<Address> {
		await this.until(() => this.lines.length > 0, 'an address');
		const [first = ''] = this.lines;
		const address = first.startsWith('{')
			? (JSON.parse(first) as JsonLineOf<'ready'>).local
			: parseAddress(first.split(' ')[1] ?? '');
		if (!address) {
			throw new Error(`no address in '${first}'`);
		}

		return address;
	}
}

let validate: ValidateFunction | undefined;

/** What the schema says is wrong with a line; undefined where it is right. */
export function checkLine(line: string): string | undefined {
	validate ??= new Ajv2020({strict: false, code: {optimize: false}}).compile(JSON.parse(readFileSync(
		path.join(import.meta.dirname, '../../docs/events.schema.json'),
		'utf8',
	)) as Record<string, unknown>);
	return validate(JSON.parse(line))
		? undefined
		: JSON.stringify(validate.errors?.filter(({keyword}) => keyword !== 'const').slice(0, 5));
}

/** An address as the command line takes it. */
export function typed({host, port}: Address): string {
	return `${host}:${port}`;
}
