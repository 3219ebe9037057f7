import type {Address, SocketFailure} from '../events/event.ts';

/** What a server's own socket (a UDP socket, or TCP's welcoming socket) is doing. */
export type ServerState
	= | {readonly type: 'closed'}
		| {readonly type: 'opening'; readonly wanted: Address}
		| {readonly type: 'open'; readonly local: Address}
		| {readonly type: 'failed'; readonly wanted: Address; readonly failure: SocketFailure};

/** Why a send was not even tried; what was to be sent is still with the caller. */
export type SendRefusal
	= | {readonly reason: 'not-open'}
		| {readonly reason: 'no-destination'}
		| {readonly reason: 'peer-gone'}
		| {readonly reason: 'no-peer'}
		| {readonly reason: 'no-connection'}
		| {readonly reason: 'sending-finished'}
		| {readonly reason: 'empty-write'}
		| {readonly reason: 'too-much-waiting'; readonly waiting: number};

/** A far end that a server knows: a UDP address it has heard from, or a TCP connection. Numbered from 1, never twice. */
export type PeerNumber = number;
