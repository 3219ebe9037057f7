/*
The process as a module of reply rules sees it: what it writes is told, and what would end the program, and with it
every socket, is an error of the module.
*/
import module from 'node:module';
import {Writable} from 'node:stream';
import {FaultError} from '../../text/files/file-problem.ts';

type Print = (text: string) => void;

/** What has properties that are replaced: the process, and the global object. */
type Owner = typeof process | typeof globalThis;

/** Who has a module, the last one last: a process has one console and one standard output. */
const printers: Print[] = [];

/** What was there before. */
const before: Array<{readonly owner: Owner; readonly name: string; readonly descriptor: PropertyDescriptor}> = [];

/**
Put replacements in the place of the console, of the standard streams, and of the calls that end the process, for every
module that is loaded from now on. What the program itself needs of these, it has taken before.

@param print - hears each text that is written
@returns what gives them up: with the last one, everything is as it was
*/
export function shieldProcess(print: Print): () => void {
	if (printers.length === 0) {
		replaceAll();
	}

	printers.push(print);
	return () => {
		printers.splice(printers.indexOf(print), 1);
		if (printers.length === 0) {
			for (const {owner, name, descriptor} of before.splice(0)) {
				Object.defineProperty(owner, name, descriptor);
			}

			module.syncBuiltinESMExports();
		}
	};
}

/** Whether an error says that the module wanted to end the program. */
export function isEndingCall(error: unknown): boolean {
	return error instanceof FaultError && error.fault[0] === 'endingCall';
}

function replaceAll(): void {
	const output = newOutput();
	replace(globalThis, 'console', {value: new console.Console({stdout: output, stderr: output, colorMode: false})});
	for (const name of ['stdout', 'stderr']) {
		let stream = newOutput();
		// eslint-disable-next-line no-return-assign -- One that has ended is so for what holds it, and for nothing else.
		replace(process, name, {get: () => stream.writable ? stream : (stream = newOutput())});
	}

	for (const name of ['exit', 'abort'] as const) {
		replace(process, name, {
			value() {
				throw new FaultError(['endingCall', `process.${name}()`]);
			},
		});
	}

	// For modules that import these by their names.
	module.syncBuiltinESMExports();
}

function replace(owner: Owner, name: string, replacement: PropertyDescriptor): void {
	const descriptor = Object.getOwnPropertyDescriptor(owner, name)!;
	before.push({owner, name, descriptor});
	const {enumerable = true} = descriptor;
	Object.defineProperty(owner, name, {
		configurable: true, enumerable, ...('value' in replacement && {writable: true}), ...replacement,
	});
}

function newOutput(): Writable {
	return new Writable({
		decodeStrings: false,
		write(text: string | Uint8Array, _, done) {
			printers.at(-1)?.(String(text));
			done();
		},
	});
}
