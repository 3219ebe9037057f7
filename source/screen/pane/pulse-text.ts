import type {Pulse} from '../../engine/door/scene-view.ts';
import textWidth from '../../text/width.ts';
import type {Words} from '../words/words.ts';

/** How much goes through a pane and how fast it is answered, in at most so many columns: what does not fit goes from the right. */
export function pulseText(pulse: Pulse | undefined, columns: number, {views: {pulse: words}}: Words): string {
	if (!pulse) {
		return '';
	}

	const {messagesLine, bytesLine, messages, bytes, roundTrip} = pulse;
	const isQuiet = messagesLine === '';
	const messageRate = isQuiet ? [] : [`${messagesLine} ${words.messages(messages)}`];
	const byteRate = isQuiet ? [] : [words.bytes(bytes)];
	const drawnByteRate = isQuiet ? [] : [`${bytesLine} ${words.bytes(bytes)}`];
	const times = roundTrip ? [words.roundTrip(roundTrip.last, roundTrip.median, roundTrip.p99)] : [];
	const lastTime = roundTrip ? [words.shortRoundTrip(roundTrip.last)] : [];
	const wanted = [
		[...messageRate, ...drawnByteRate, ...times],
		[...messageRate, ...byteRate, ...times],
		[...messageRate, ...times],
		[...messageRate, ...drawnByteRate, ...lastTime],
		[...messageRate, ...byteRate, ...lastTime],
		[...messageRate, ...lastTime],
		messageRate,
		lastTime,
	];
	return wanted.map(parts => parts.join(' · ')).find(text => textWidth(text) <= columns) ?? '';
}
