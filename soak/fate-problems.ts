import type {LinkFate} from '../source/log/link-fate.ts';

/** What is inconsistent in what the simulated link is said to make of something of this length, the number of whose write this is. */
export function fateProblems(fate: LinkFate, length: number, write: number): string[] {
	switch (fate.type) {
		case 'lost': {
			return [];
		}

		case 'passed': {
			const {copies, onTheLink, discarded, overtakenBy} = fate;
			return [
				...unless(copies.length === 1 || copies.length === 2, `${copies.length} copies`),
				...unless(copies.every(({delay}) => delay >= 0 && Number.isFinite(delay)), 'a delay that is none'),
				...unless(copies.every(({corruption}) => !corruption || (corruption.at < length && corruption.xor > 0 && corruption.xor < 256)), 'a corruption beyond its bytes'),
				...unless(onTheLink >= 0 && discarded >= 0 && onTheLink + discarded <= copies.length, `of ${copies.length} copies ${onTheLink} on the link and ${discarded} discarded`),
				...unless(overtakenBy === undefined || overtakenBy > write, `write ${write} overtaken by ${overtakenBy}, which is not later`),
			];
		}

		case 'stream': {
			const {onTheLink, discarded, segments, delay} = fate;
			return [
				...unless(onTheLink >= 0 && discarded >= 0 && onTheLink + discarded <= length, `of ${length} bytes ${onTheLink} on the link and ${discarded} discarded`),
				...unless(segments >= 0 && segments <= length, `${segments} segments of ${length} bytes`),
				...unless((delay === undefined) === (onTheLink + discarded > 0), `a delay of ${delay} with ${onTheLink} bytes on the link and ${discarded} discarded`),
				...unless(delay === undefined || delay >= 0, `a delay of ${delay}`),
			];
		}

		default: {
			return fate satisfies never;
		}
	}
}

function unless(holds: boolean, problem: string): string[] {
	return holds ? [] : [problem];
}
