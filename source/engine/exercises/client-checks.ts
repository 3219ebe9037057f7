/* What is demanded of every client, of either protocol; and the playground's server that it talks to. */
import type {Address} from '../../log/event.ts';
import {isPortFree, reserveHeard} from '../../sockets/reserved-address.ts';
import type {Mistake, ProgramEnd} from '../api/mistake.ts';
import {CannotRun, type CheckContext} from './check-context.ts';
import {
	type Check, type Finding, Found, holds, mistake, programCheck, said,
} from './exercise.ts';
import {
	hasPlaceholder, pickPort, swapped, textbookPort,
} from './program/ports.ts';

/** What was heard where a client should not send to. */
type Heard = {byteOrder: boolean; otherProtocol: boolean};

const heardBy = new WeakMap<CheckContext, Heard>();

/**
Open the playground's server where the client is told that it is: at the address to listen at, at a port of its own, or
at the textbook's where the client is told none.

@throws CannotRun where that fails
*/
export async function serveClient(context: CheckContext): Promise<void> {
	const {subject, protocol} = context;
	let address: Address;
	if (subject.type === 'program') {
		const isTold = hasPlaceholder(subject.command);
		if (!isTold && !await isPortFree(protocol, textbookPort)) {
			throw new CannotRun({reason: 'port-taken', port: textbookPort});
		}

		address = {host: '127.0.0.1', port: isTold ? await pickPort(protocol) : textbookPort};
		await hearMistakes(context, address.port);
	} else {
		({address} = subject);
	}

	const failure = await context.openServer(address);
	const {state} = context.server.server;
	if (failure || state.type !== 'open') {
		throw new CannotRun(failure
			? {reason: 'not-bound', address, failure}
			: {reason: 'fault', failure: {code: 'ENOTCONN', syscall: 'bind', message: 'the server is not open'}});
	}

	context.serveAt(state.local);
}

/** Hear what comes to the port in the other byte order, and to the port of the other protocol. */
async function hearMistakes(context: CheckContext, port: number): Promise<void> {
	const heard: Heard = {byteOrder: false, otherProtocol: false};
	heardBy.set(context, heard);
	const {protocol} = context;
	const hear = async (name: keyof Heard, which: 'udp' | 'tcp', at: number): Promise<void> => {
		try {
			await context.reserve(reserveHeard(which, at, () => {
				heard[name] = true;
				context.look();
			}));
		} catch {
			// Another program has it: that mistake cannot be told then.
			context.look();
		}
	};

	await hear('byteOrder', protocol, swapped(port));
	await hear('otherProtocol', protocol === 'udp' ? 'tcp' : 'udp', port);
}

/** Start the client, or wait for one that somebody starts. It is given these lines on its standard input. */
export async function startClient(context: CheckContext, lines: readonly string[]): Promise<void> {
	if (context.subject.type === 'program' && context.address) {
		const program = await context.start(context.address);
		program.type(lines);
	}
}

/**
Wait for what a client sends first. Where nothing comes, the check ends with what is wrong.

@param whyEnded - what is wrong with a program that has ended before, where that is known
@throws CannotRun where no client was started
*/
export async function untilSent<Sent>(
	context: CheckContext,
	find: () => Sent | undefined,
	whyEnded: (end: ProgramEnd) => Mistake | undefined = () => undefined,
): Promise<Sent> {
	const {subject, exerciseTimes, protocol} = context;
	const address = context.address!;
	const heard = heardBy.get(context);
	const start = performance.now();
	// A person takes longer than a program.
	const time = subject.type === 'program' ? exerciseTimes.start : exerciseTimes.total / 2;
	await context.comesTrue(time, () => find() !== undefined
		|| Boolean(context.program?.end ?? (heard?.byteOrder || heard?.otherProtocol)));
	if (context.program?.end) {
		await context.within(exerciseTimes.quiet, find);
	}

	const sent = find();
	const waited = performance.now() - start;
	if (sent !== undefined) {
		return sent;
	}

	if (subject.type !== 'program') {
		throw new CannotRun({reason: 'no-client', address, waited});
	}

	if (heard?.byteOrder) {
		throw new Found(mistake('byte-order', {port: address.port, used: swapped(address.port)}));
	}

	if (heard?.otherProtocol) {
		throw new Found(mistake('sends-otherwise', {asked: protocol, address}));
	}

	const end = context.program?.end;
	throw new Found((end && whyEnded(end)) ?? mistake('never-sends', {address, waited, end}));
}

/** The client was started, and prints this answer. What it has received is cut where only the beginning is printed. */
export async function judgePrinted(context: CheckContext, sent: Uint8Array, answer: Uint8Array): Promise<Finding> {
	const {exerciseTimes, address} = context;
	const program = context.program!;
	const text = Buffer.from(answer).toString();
	const isPrinted = (): boolean => program.textOf('stdout').includes(text);
	const start = performance.now();
	// Output to a pipe may wait in the program (setvbuf(3)) until that ends.
	await context.comesTrueAtEnd(exerciseTimes.answer, () => isPrinted() || program.end !== undefined);
	// Its last output may come after its end.
	if (await context.comesTrue(exerciseTimes.quiet, isPrinted)) {
		return holds;
	}

	const output = Buffer.from(program.textOf('stdout'));
	const got = beginningIn(output, answer);
	return got.length > 0
		? mistake('cut', {
			from: address!, sent, elapsed: performance.now() - start, got, expected: answer,
		})
		: whyNotPrinted(context, answer, start, output);
}

/** What is wrong with a client that has not printed an answer since `start`, as performance.now() has it. */
export function whyNotPrinted(
	context: CheckContext,
	answer: Uint8Array,
	start: number,
	output = printedBy(context),
): Mistake {
	const {program, address} = context;
	const end = program?.end;
	const exchange = {from: address!, sent: answer, elapsed: performance.now() - start};
	return end && end.code !== 0
		? mistake('ended-early', {end, exchange})
		: mistake('does-not-print', {answer, output: output.subarray(-200)});
}

/** What the client has printed, without the end of its last line. */
export function printedBy({program}: CheckContext): Uint8Array {
	return Buffer.from(program?.textOf('stdout').trimEnd() ?? '');
}

/** The fewest bytes that are taken for the beginning of an answer. */
const leastBeginning = 4;

/** The longest beginning of an answer that the output has; empty where it has none. */
export function beginningIn(output: Uint8Array, answer: Uint8Array): Uint8Array {
	const text = Buffer.from(output);
	let least = 0;
	let most = answer.length;
	while (least < most) {
		const middle = Math.ceil((least + most) / 2);
		if (text.includes(Buffer.from(answer.subarray(0, middle)))) {
			least = middle;
		} else {
			most = middle - 1;
		}
	}

	return answer.subarray(0, least >= leastBeginning ? least : 0);
}

/** The client ends by itself: at once, or when its standard input has ended. Otherwise it is only said. */
export function endsCheck(needs: readonly string[]): Check {
	return programCheck('ends', needs, async (context): Promise<Finding> => {
		const {exerciseTimes: {answer}} = context;
		const program = context.program!;
		const start = performance.now();
		const isOver = (): boolean => program.end !== undefined;
		if (await context.comesTrue(answer, isOver)) {
			const {end} = program;
			return end && end.code !== 0 ? said(mistake('ends-with-error', {end})) : holds;
		}

		program.type([], true);
		return await context.comesTrue(answer, isOver)
			? holds
			: said(mistake('does-not-end', {waited: performance.now() - start}));
	});
}
