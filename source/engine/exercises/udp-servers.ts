import type {Address} from '../../log/event.ts';
import {isSameAddress} from '../../text/address.ts';
import type {Mistake} from '../api/mistake.ts';
import type {Answer, CheckContext} from './check-context.ts';
import type {Check, CheckOutcome, Exercise} from './exercise.ts';
import {judgeBytes} from './judge-bytes.ts';
import {allAddressesCheck, portCheck} from './server-checks.ts';

/** What the server is to make of a message. */
type Rule = (message: Uint8Array) => Uint8Array;

/** The server answers, and its answer comes from the socket that was sent to. */
const answers: Check = {
	name: 'answers',
	needs: [],
	async run(context) {
		const client = context.addClient();
		context.notes.set('first', client);
		const answer = await context.ask(client, 'hello, socket');
		const mistake = whyNoAnswer(context, answer);
		return mistake ? {type: 'fails', mistake} : {type: 'holds', seen: answer};
	},
};

/** What is wrong where no answer came, or one from elsewhere. */
function whyNoAnswer({address}: CheckContext, {exchange, source, end}: Answer): Mistake | undefined {
	if (!source) {
		return end ? {...exchange, kind: 'ended-early', end, exchange} : {...exchange, kind: 'never-answers'};
	}

	const server = address as Address;
	return isSameAddress(source, server) ? undefined : {
		...exchange, kind: 'other-socket', server, source,
	};
}

/** The answer has the bytes that the rule makes of the message. */
function bytes(rule: Rule): Check {
	return {
		name: 'bytes',
		needs: ['answers'],
		async run(context): Promise<CheckOutcome> {
			const answer = await context.ask(context.addClient(), 'hello, socket');
			const mistake = whyNoAnswer(context, answer)
				?? judgeBytes(answer.exchange, rule(answer.exchange.sent));
			return mistake ? {type: 'fails', mistake} : {type: 'holds', seen: answer};
		},
	};
}

/** The echo server: every datagram goes back to its sender as it came. */
export const udpEchoServer: Exercise = {
	name: 'udp-echo-server',
	protocol: 'udp',
	role: 'server',
	checks: [
		portCheck,
		allAddressesCheck(false),
		answers,
		bytes(message => message),
	],
};
