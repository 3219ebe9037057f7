import fc from 'fast-check';
import type {SocketEvent} from '../../source/log/event.ts';
import {hostileBytes} from '../helpers/hostile-text.ts';
import type {Flow} from '../../source/flow/step.ts';
import {
	eventsOf, flowOf, sceneOf, sent, server, stranger,
} from './_scenes.ts';

/** Words and signs that mean something to XML or to Mermaid. */
const markup = [
	'end',
	';',
	'#',
	'#59;',
	'#lt;',
	'%%',
	'%%{init: {}}%%',
	':',
	'<b>',
	'</text>',
	'&amp;',
	'&',
	'"',
	'\'',
	'\n',
	'\r\n',
	'\r',
	'{',
	'}',
	'->>',
	'-->',
	'---',
	'wrap:',
	'nowrap:',
	'note',
	'loop',
	'style x: #a;',
	'classDef y: #b;',
	']]>',
	'<![CDATA[',
	'<!--',
	'-->',
	'<br/>',
	'ﬂ°°35¶ß',
	'ﬂ°lt¶ß',
	'accTitle: x',
	'$$x$$',
	'sequenceDiagram',
	'@{',
	'+',
	'-',
	'\u{0}',
	'\u{FFFE}',
	'\u{FFFF}',
	'\u{1FFFF}',
	'안녕',
	'👩‍👩‍👧‍👦',
	' ',
] as const;

/** Payloads as a hostile peer may send them, full of markup. */
export const markupBytes: fc.Arbitrary<Uint8Array> = fc
	.array(
		fc.oneof(
			fc.constantFrom(...markup).map(text => Uint8Array.from(Buffer.from(text))),
			hostileBytes,
		),
		{maxLength: 6},
	)
	.map(pieces => Uint8Array.from(Buffer.concat(pieces)));

/** A diagram in which a client sends these payloads, one to the server, the next to a stranger, and so on. */
export function flowOfPayloads(payloads: readonly Uint8Array[]): Flow {
	const events: SocketEvent[] = eventsOf(...payloads.map((bytes, index) =>
		[
			1,
			{
				...(index % 2 === 0
					? sent(index, '', {to: server, arrival: {type: 'read', number: index}})
					: {...sent(index, ''), peer: stranger}),
				bytes,
				length: bytes.length,
			},
		] as const));
	return flowOf(events, sceneOf('udp'));
}
