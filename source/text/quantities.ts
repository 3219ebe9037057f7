/** What can be typed as a share: `0.3`, `30%`, `30 %` or `30`, from 0 to 1, over 1 in per cent; else undefined. */
export function readShare(text: string): number | undefined {
	const [, digits, percent] = /^(\d+(?:\.\d+)?(?:e-\d+)?)\s*(%?)$/.exec(text) ?? [];
	const number = Number(digits);
	return digits === undefined ? undefined : within(number / (percent || number > 1 ? 100 : 1), 0, 1);
}

/** The units of time, in milliseconds. */
export const timeUnits: Readonly<Record<string, number>> = {
	'': 1, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000,
};

/** What can be typed as a duration: `100`, `100ms`, `1.5 s`, `2m`, up to `longest`. In milliseconds; else undefined. */
export function readDuration(text: string, longest = 60_000): number | undefined {
	const [, digits, unit = ''] = /^(\d+(?:\.\d+)?(?:e-\d+)?)\s*([a-z]*)$/.exec(text) ?? [];
	return within(Number(digits) * (timeUnits[unit] ?? Number.NaN), 0, longest);
}

/** What can be typed as a whole number of bytes: `1500`, `64KiB`, `1 MB`, from 1 byte to 64 MiB; else undefined. */
export function readBytes(text: string): number | undefined {
	const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
	const bytes = within(Number(digits) * bytesIn(unit), 1, 64 * 1024 * 1024);
	return Number.isInteger(bytes) ? bytes : undefined;
}

/**
What can be typed as a rate: `1500`, `64KiB/s`, `1 MB/s`, `10Mbit/s`, from 1 byte to 10^12 bytes a second. In bytes per
second; undefined for anything else.
*/
export function readRate(text: string): number | undefined {
	const [, digits, unit, bits] = /^(\d+(?:\.\d+)?)\s*(?:([a-z]*?)(bit)?\/s)?$/i.exec(text) ?? [];
	return within(Number(digits) * bytesIn(bits ? `${unit}B` : unit) / (bits ? 8 : 1), 1, 1e12);
}

/** A share as it is shown, and can be read again: `30 %`. */
export function formatShare(share: number): string {
	const percent = Number((share * 100).toPrecision(15));
	return percent / 100 === share ? `${percent} %` : String(share);
}

/** A duration as it is shown, and can be read again: `100 ms`, `1.5 s`. */
export function formatDuration(milliseconds: number): string {
	const seconds = milliseconds / 1000;
	return seconds >= 1 && seconds * 1000 === milliseconds ? `${seconds} s` : `${milliseconds} ms`;
}

/**
Durations in the fewest digits that tell them apart: `3.1 ms`, `140 ms`, `2.0 s`; from the shortest to the longest of
several `80–140 ms`. In milliseconds.
*/
export function shortDuration(least: number, most = least): string {
	const from = durationOf(least);
	const to = durationOf(most);
	if (from.digits === to.digits && from.unit === to.unit) {
		return `${to.digits} ${to.unit}`;
	}

	return `${from.digits}${from.unit === to.unit ? '' : ` ${from.unit}`}–${to.digits} ${to.unit}`;
}

function durationOf(milliseconds: number): {readonly digits: string; readonly unit: string} {
	if (Math.round(milliseconds) >= 1000) {
		return {digits: (milliseconds / 1000).toFixed(1), unit: 's'};
	}

	return {digits: milliseconds < 9.95 ? milliseconds.toFixed(1) : String(Math.round(milliseconds)), unit: 'ms'};
}

/** Bytes as they are shown, and can be read again: `1500 B`, `64 KiB`, `1.5 MB`. */
export function formatBytes(bytes: number): string {
	const written = ['GiB', 'GB', 'MiB', 'MB', 'KiB', 'kB', 'B'].map(unit => ({amount: bytes / bytesIn(unit), unit}))
		.filter(({amount, unit}) => unit === 'B' || (amount >= 1 && amount * bytesIn(unit) === bytes))
		.map(({amount, unit}) => ({digits: String(amount), unit}))
		.toSorted((a, b) => a.digits.length - b.digits.length);
	const [{digits, unit} = {digits: String(bytes), unit: 'B'}] = written;
	return `${digits} ${unit}`;
}

function within(value: number, least: number, most: number): number | undefined {
	return value >= least && value <= most ? value : undefined;
}

const powers: Readonly<Record<string, number>> = {
	'': 1, B: 1, KB: 1000, KIB: 1024, MB: 1000 ** 2, MIB: 1024 ** 2, GB: 1000 ** 3, GIB: 1024 ** 3,
};

/** NaN for what is no unit. `Mb` could mean megabits, and is none: bytes have a capital B. */
function bytesIn(unit = ''): number {
	return unit.endsWith('b') ? Number.NaN : powers[unit.toUpperCase()] ?? Number.NaN;
}
