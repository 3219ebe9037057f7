/* What the columns of the log have of an event in numbers. */

/** The codes of the hot events in the log's column of bytes; every other one is `rare`, with an object beside. */
export const hotCodes = {
	datagramSent: 0,
	datagramReceived: 1,
	chunkSent: 2,
	chunkReceived: 3,
	rare: 4,
} as const;

/** Added to the code of a datagram that came from a third party. */
export const thirdPartyFlag = 0x80;

/** Added to it where it came from the socket that was sent to, and from another of its addresses. */
export const otherSourceFlag = 0x40;
