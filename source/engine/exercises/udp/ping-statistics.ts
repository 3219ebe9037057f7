import type {RoundTripName} from '../../api/mistake.ts';

/** How programs name the values of round-trip times, in English and Korean. */
const labels: Readonly<Record<RoundTripName, string>> = {
	min: String.raw`\bmin(?:imum)?\b|최소`,
	avg: String.raw`\b(?:avg|average|mean)\b|평균`,
	max: String.raw`\bmax(?:imum)?\b|최대`,
};

const names = Object.keys(labels) as readonly RoundTripName[];

const token = new RegExp(
	[
		...names.map(name => `(?<${name}>${labels[name]})`),
		String.raw`(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)`,
		String.raw`(?<line>\n)`,
	].join('|'),
	'gi',
);

/**
The numbers that a text gives for the round-trip times, each as it is written, whatever the unit: behind its name, or,
where names follow each other as in `min/avg/max = 1/2/3`, in their order.
*/
export function roundTripsIn(text: string): Readonly<Record<RoundTripName, readonly number[]>> {
	const found: Record<RoundTripName, number[]> = {min: [], avg: [], max: []};
	let pending: RoundTripName[] = [];
	let isNamed = false;
	for (const {groups = {}} of text.matchAll(token)) {
		const name = names.find(each => groups[each] !== undefined);
		if (name) {
			pending = isNamed ? [...pending, name] : [name];
			isNamed = true;
		} else if (groups.number === undefined) {
			// A value may stand in the line below its name, but nothing behind that.
			pending = isNamed ? pending : [];
		} else {
			const [first] = pending;
			if (first) {
				found[first].push(Number(groups.number));
				pending = pending.length > 1 ? pending.slice(1) : pending;
			}

			isNamed = false;
		}
	}

	return found;
}

/** A number as a time in milliseconds, where it may be in seconds, milliseconds or microseconds. */
export function asMilliseconds(value: number, least: number, most: number): number {
	const inUnits = [value, value * 1000, value / 1000];
	return inUnits.find(time => time >= least && time <= most) ?? value;
}

/**
The shares of lost pings that a text gives, in percent: numbers before `%`; without any, numbers in a line about losses,
which may be shares or counts.
*/
export function lossesIn(text: string, count: number): number[] {
	const shares = [...text.matchAll(/(\d+(?:[.,]\d+)?)\s*(?:%|퍼센트|percent)/gi)]
		.map(([, number = '']) => Number(number.replace(',', '.')));
	if (shares.length > 0) {
		return shares;
	}

	return text.split('\n')
		.filter(line => /loss|lost|손실|유실/i.test(line))
		.flatMap(line => [...line.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number)))
		.map(number => number > 0 && number < 1 ? number * 100 : (number * 100) / count);
}
