/**
What happens to a datagram on its way there, and to its answer on the way back.

- `doubled`: the simulated link lets it pass twice: there is one more of it
- `lost`: the simulated link has lost it
- `dropped`: the kernel has, because a receive buffer was full, or no socket was there
- `failed`: the system has not taken it
- `discarded`: the socket was closed while it was on the simulated link
- `arrived`: one of the playground's own sockets has read it
- `answering`: and has answered it: from here on the answer is on its way
- `answered`: the answer was read by the socket that had asked
*/
export type DeliveryStep = WayStep | `answer-${WayStep}` | 'arrived' | 'answering' | 'answered';

/** A step that can be taken on either way. */
type WayStep = 'doubled' | 'lost' | 'dropped' | 'failed' | 'discarded';

/**
Hears of a step: which of the socket's writes it is about, for `answered` the round-trip time in milliseconds (otherwise
NaN), and for `arrived` and `answered` how many bytes have been read (otherwise 0).
*/
export type DeliveryTrace = (write: number, step: DeliveryStep, roundTrip: number, length: number) => void;

/** Hears the fate of the datagrams that one socket has sent. */
export type DeliveryListener = {readonly notifyDelivery: DeliveryTrace};

/** Notify the socket that sent a datagram of its fate; for an answer, the socket that sent the request. */
export function notifyDelivery(
	own: DeliveryListener,
	write: number,
	asked: {readonly track: DeliveryListener; readonly number: number} | undefined,
	step: WayStep,
): void {
	if (asked) {
		asked.track.notifyDelivery(asked.number, `answer-${step}`, Number.NaN, 0);
	} else {
		own.notifyDelivery(write, step, Number.NaN, 0);
	}
}
