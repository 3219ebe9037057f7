/* What a diagram, a text or a Mermaid text tells that was on the wire. */
import {layoutFlow} from '../../source/flow/drawing/columns.ts';
import type {Flow, FlowLane} from '../../source/flow/step.ts';

/** What a row or a statement says that was on the wire, without its way. */
function saysOf(label: string): string | undefined {
	if (/E[A-Z]+$|by the link|never left/.test(label) && !/RST|ICMP/.test(label)) {
		return undefined;
	}

	if (label.includes('ICMP')) {
		return 'ICMP 3.3';
	}

	return /(?<![A-Z+])(?:SYN\+ACK|SYN|ACK|FIN|RST)(?![A-Z+])/.exec(label)?.[0]
		?? /([\d,]+) B/.exec(label)?.[1]?.replaceAll(',', '');
}

/** A packet as a diagram tells of it, and the lane that it came from. */
type Told = {readonly lane: string; readonly says: string; readonly isRight: boolean};

/** What lines of a diagram tell, in their order. @param isArriving - where it arrived, rather than where it was sent */
export function toldByLines(lines: readonly string[], flow: Pick<Flow, 'steps' | 'lanes'>, columns: number, isArriving: boolean): Told[] {
	const {placed} = layoutFlow(flow.lanes, flow.steps, undefined, columns);
	const headOf = (line: string): string | undefined =>
		placed.find(({column}) => line[column - 1] === '►' || line[column + 1] === '◄')?.lane.id;
	return lines.flatMap((line, index) => {
		const says = saysOf(line.slice(13).replaceAll(/[─┼│╌✗]/g, ' ').replace(/ K *$/, '').trim());
		const [mark] = /[①-⑳]/.exec(line) ?? [];
		const head = headOf(line);
		const tail = placed.find(({column}) =>
			(line[column] === '├' && /[─╌]/.test(line[column + 1] ?? '')) || (line[column] === '┤' && /[─╌ ]/.test(line[column - 1] ?? '')));
		if (says === undefined || line.includes('accept()')) {
			return [];
		}

		if (mark && head !== undefined) {
			return isArriving ? [{lane: head, says, isRight: !line.includes('◄')}] : [];
		}

		if (!tail || (mark && isArriving)) {
			return [];
		}

		// Of what the server's own socket sends, the client is where it arrives.
		const isServer = tail.lane.id === 'server';
		const arrival = mark ? lines.slice(index + 1).find(later => later.includes(mark)) : line;
		const lane = isServer ? headOf(arrival ?? '') ?? 'server' : tail.lane.id;
		return [{lane, says, isRight: line[tail.column] === '├'}];
	});
}

/** What a Mermaid text tells, in its order. */
export function toldByMermaid(text: string, lanes: readonly FlowLane[], isArriving: boolean): Told[] {
	const plain = text.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
	const order = lanes.map(({id}) => id);
	return plain.split('\n').flatMap(line => {
		const [, from, arrow, to, label = ''] = /^\tL(\d+)(-\)|->>|-x|-->)L(\d+): (.*)$/.exec(line) ?? [];
		const [, over, note = ''] = /^\tNote over L(\d+): [①-⑳] (.*)$/.exec(line) ?? [];
		const says = saysOf((over ? note : label).replace(/ K$/, ''));
		if (says === undefined || label.includes('accept()')) {
			return [];
		}

		if (over) {
			const lane = order[Number(over) - 1]!;
			return isArriving ? [{lane, says, isRight: !lane.startsWith('client')}] : [];
		}

		if (isArriving && arrow === '-)') {
			return [];
		}

		const [tail, head] = [order[Number(from) - 1]!, order[Number(to) - 1]!];
		return [{lane: tail === 'server' ? head : tail, says, isRight: order.indexOf(tail) < order.indexOf(head)}];
	});
}

/** Neighbours of the same way are told as one sum: the kernel may join or cut segments, as TCP allows. */
export function summed(told: readonly string[]): string[] {
	const sums: string[] = [];
	for (const one of told) {
		const last = sums.at(-1);
		if (last && last.startsWith(one[0] ?? '') && /^\d+$/.test(last.slice(1)) && /^\d+$/.test(one.slice(1))) {
			sums[sums.length - 1] = `${one[0]}${Number(last.slice(1)) + Number(one.slice(1))}`;
		} else {
			sums.push(one);
		}
	}

	return sums;
}
