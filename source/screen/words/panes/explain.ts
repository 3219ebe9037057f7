/* What is said of a failed call, and of a command that was not carried out, from the sentences of a language. */
import type {Refusal} from '../../../engine/api/command.ts';
import type {Address, SocketFailure} from '../../../log/event.ts';
import {formatAddress, isLinkLocal} from '../../../text/address.ts';

/** A failed call, as its sentence names it. */
export type FailedCall = {
	readonly code: string;
	readonly syscall: string;
	/** The address that it was for; what stands for one that is not known. */
	readonly where: string;
	readonly host: string;
	/** The zone of an IPv6 address (RFC 4007), where it has one; whether it needs one. */
	readonly zone: string | undefined;
	readonly needsZone: boolean;
	/** Whether its port is below 1024. */
	readonly isPrivileged: boolean;
	readonly isBind: boolean;
	/** Whether it is told in the server's pane. */
	readonly isServer: boolean;
};

/** What a failed call means, and what to do. */
export type FailureSentences = {
	/** Stands for an address that is not known. */
	readonly peer: string;
	/** By the error's name, errno(3). */
	readonly byCode: Readonly<Record<string, (call: FailedCall) => string>>;
	/** Any other error. @param problem - its name, or the system's message */
	readonly other: (call: FailedCall, problem: string) => string;
};

/** Why a command was not carried out, and what to do. @param isServer - whether it is told in the server's pane */
type RefusalSentence<Reason> = string | ((refusal: Extract<Refusal, {reason: Reason}>, isServer: boolean) => string);

/** Of each reason, its sentence. */
export type RefusalSentences = {readonly [Reason in Refusal['reason']]: RefusalSentence<Reason>};

type ExplainFailure = (failure: SocketFailure, address: Address | undefined, isServer: boolean) => string;

/** What tells a failed call of a socket with an address; `isServer` says in whose pane it is told. */
export function explainFailures({peer, byCode, other}: FailureSentences): ExplainFailure {
	return ({code, syscall, message}, address, isServer) => {
		const host = address?.host ?? '';
		const [, zone] = host.split('%');
		const call: FailedCall = {
			code,
			syscall,
			where: address ? formatAddress(address) : peer,
			host,
			zone,
			needsZone: isLinkLocal(host),
			isPrivileged: address !== undefined && address.port > 0 && address.port < 1024,
			isBind: syscall === 'bind' || syscall === 'listen',
			isServer,
		};
		const explain = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
		return explain?.(call) ?? other(call, code === 'UNKNOWN' ? message : code);
	};
}

/** What tells why a command was not carried out. */
export function explainRefusals(sentences: RefusalSentences): (refusal: Refusal, isServer?: boolean) => string {
	return (refusal, isServer = false) => {
		const sentence = sentences[refusal.reason];
		// It is the one for the refusal's own reason.
		return typeof sentence === 'string' ? sentence : sentence(refusal as never, isServer);
	};
}
