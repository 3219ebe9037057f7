import {Bottleneck} from '../../source/link/bottleneck.ts';
import {type LinkConditions, perfect} from '../../source/link/conditions.ts';
import {type DatagramCopy, type DatagramFate, DatagramLink} from '../../source/link/datagram-link.ts';
import type {LinkDirection} from '../../source/link/random.ts';

export function linkWith(
	conditions: Partial<LinkConditions>,
	seed = 1,
	direction: LinkDirection = 'to-server',
): DatagramLink {
	return new DatagramLink({
		conditions: {...perfect, ...conditions},
		seed,
		direction,
		bottleneck: new Bottleneck(),
	});
}

/** The fates of this many datagrams of 100 bytes, one each millisecond. */
export function fatesOf(link: DatagramLink, count: number): DatagramFate[] {
	return Array.from({length: count}, (_, now) => link.fateOf(100, now));
}

/** Why it is lost; nothing where it is not. */
export function causeOf(fate: DatagramFate): string | undefined {
	return fate.type === 'lost' ? fate.cause : undefined;
}

export function copiesOf(fate: DatagramFate): readonly DatagramCopy[] {
	return fate.type === 'lost' ? [] : fate.copies;
}

export function isHeldBack(fate: DatagramFate): boolean {
	return fate.type === 'passed' && fate.isHeldBack;
}
