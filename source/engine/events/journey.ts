/**
What happens to a datagram on its way there, and to its answer on the way back.

- `doubled`: the simulated link lets it pass twice: there is one more of it
- `lost`: the simulated link has lost it
- `dropped`: the kernel has, because a receive buffer was full or the socket gone
- `failed`: the system has not taken it
- `discarded`: the socket was closed while it was on the simulated link
- `arrived`: a socket of ours has read it
- `answering`: and has answered it: from here on the answer is on its way
- `answered`: the answer was read by the socket that had asked
*/
export type JourneyStep = WayStep | `answer-${WayStep}` | 'arrived' | 'answering' | 'answered';

/** A step that can be taken on either way. */
export type WayStep = 'doubled' | 'lost' | 'dropped' | 'failed' | 'discarded';

/**
Hears of a step: which of the socket's writes it is about, for `answered` the round-trip time in milliseconds (otherwise NaN), and for `arrived` and
`answered` how many bytes have been read (otherwise 0).
*/
export type Journey = (write: number, step: JourneyStep, roundTrip: number, length: number) => void;

/** Who hears of what becomes of a datagram: whoever has sent it, or, where it is an answer, whoever has asked. */
export function tellJourney(own: {readonly onJourney: Journey | undefined}, write: number, asked: Asked | undefined, step: WayStep): void {
	if (asked) {
		asked.recorder.onJourney?.(asked.number, `answer-${step}`, Number.NaN, 0);
	} else {
		own.onJourney?.(write, step, Number.NaN, 0);
	}
}

/** The datagram that an answer belongs to. */
type Asked = {readonly recorder: {readonly onJourney: Journey | undefined}; readonly number: number};
