import type {Endpoint, StepDetails} from '../../../flow/details.ts';
import type {Protocol} from '../../../log/event.ts';
import {formatAddress} from '../../../text/address.ts';
import {timeOfDay} from '../../../text/time-of-day.ts';
import {encodeUtf8} from '../../../text/encoding/utf8.ts';
import {visibleBytes} from '../../../text/width/visible.ts';
import {
	paint, type Span, widthOf, wrap, paragraph,
} from '../../frame/paint.ts';
import {formatCount, formatElapsed} from '../../../text/numbers.ts';
import type {Words} from '../../words/words.ts';

/** Columns of an address: a host may be a name that somebody typed. */
const addressColumns = 60;

/** What is known of a row: times and ends, its header, the command that captures the rest, and what is not known. */
export function detailLines(
	protocol: Protocol,
	details: StepDetails | undefined,
	columns: number,
	words: Words,
): string[] {
	const {details: say} = words.views.flow;
	const title: Span[] = [
		{text: ` ${say.title} `, tone: 'chosen'},
		{text: details ? `  ${timesText(details, words)} ` : '  '},
	];
	const rest = Math.max(0, columns - widthOf(title) - 1);
	const rule = paint([...title, {text: '─'.repeat(rest), tone: 'dim'}], columns);
	if (!details) {
		return [rule];
	}

	const {source, destination, header, capture} = details;
	return [
		rule,
		...paragraph([source, destination].map(end => endText(end)).filter(Boolean).join(' → '), columns),
		...paragraph(headerText(details, words), columns),
		...(capture === undefined
			? []
			: wrap(capture, columns - 4).map((part, index) =>
				paint([{text: index === 0 ? ' y ' : '   ', tone: 'key'}, {text: part, tone: 'strong'}], columns))),
		...(header.type === 'none' ? [] : paragraph(say.unseen[protocol], columns)),
	];
}

/** When it was sent, and when it was read; of several, that these are the newest's. */
function timesText({sent, arrived, count}: StepDetails, {views: {flow: {details: say}}}: Words): string {
	const isTimed = sent !== undefined && arrived !== undefined && arrived >= sent;
	const took = isTimed ? ` (+${formatElapsed(arrived - sent)})` : '';
	return [
		count > 1 ? say.newest(formatCount(count)) : '',
		sent === undefined ? '' : `${say.sent} ${timeOfDay(sent, 'full')}`,
		arrived === undefined ? '' : `${say.read} ${timeOfDay(arrived, 'full')}${took}`,
	].filter(Boolean).join(' · ');
}

function headerText({header, source, destination}: StepDetails, {views: {flow: {details: say}}}: Words): string {
	const ports = [
		source.port === undefined ? '' : say.sourcePort(source.port),
		destination.port === undefined ? '' : say.destinationPort(destination.port),
	].filter(Boolean);
	if (header.type === 'udp') {
		const {length, checksum} = header;
		const sum = typeof checksum === 'number'
			? say.checksum(`0x${checksum.toString(16).padStart(4, '0')}`)
			: say.noChecksum[checksum];
		return `UDP: ${[...ports, say.udpLength(length), sum].join(' · ')}`;
	}

	if (header.type === 'tcp') {
		const {flags, length, offset} = header;
		const payload = offset === undefined || length === 0 ? say.noPayload : say.stream(length, offset);
		return `TCP: ${[...ports, say.flags(flags), payload].join(' · ')}`;
	}

	return header.type === 'icmp' ? say.icmp : say.notOnWire[header.why];
}

/** An address, as far as it is known; empty where nothing is. */
function endText({host, port}: Endpoint): string {
	const text = host === undefined
		? (port === undefined ? '' : `:${port}`)
		: (port === undefined ? host : formatAddress({host, port}));
	return visibleBytes(encodeUtf8(text), addressColumns).text;
}
