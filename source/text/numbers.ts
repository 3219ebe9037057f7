/** A count with its thousands apart: `1,234`. */
export function formatCount(count: number): string {
	return count < 1000 ? String(count) : String(count).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
}

/** Bytes, exact below ten thousand: `512 B`, `9,999 B`; then in units of 1,024: `15.3 KiB`, `1.0 MiB`. */
export function formatBytes(bytes: number): string {
	if (bytes < 10_000) {
		return `${formatCount(bytes)} B`;
	}

	let value = bytes;
	let unit = 'B';
	for (const next of ['KiB', 'MiB', 'GiB', 'TiB']) {
		// What would be written as 1024.0 is 1.0 of the next.
		if (value < 1023.95) {
			break;
		}

		value /= 1024;
		unit = next;
	}

	return `${value.toFixed(1)} ${unit}`;
}

/**
A round-trip time, or another duration: `0.08 ms`, `3.1 ms`, `12.4 s`; `rtt ?` where nothing tells it.

@param isNear - it is not exact: `~3.1 ms`
*/
export function formatElapsed(milliseconds: number, isNear = false): string {
	if (!Number.isFinite(milliseconds)) {
		return 'rtt ?';
	}

	if (isNear) {
		return `~${formatElapsed(milliseconds)}`;
	}

	if (milliseconds < 1) {
		return `${milliseconds.toFixed(2)} ms`;
	}

	return milliseconds < 999.95 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Bytes to the last one, however many: `65,536 B`. */
export function formatExactBytes(bytes: number): string {
	return `${formatCount(bytes)} B`;
}

/** A rate per second, as exact as it was measured: `4`, `0.25`, `12.3`, `9,600`; or with more digits. */
export function formatRate(rate: number, digits = 3): string {
	return formatCount(rate >= 1000 ? Math.round(rate) : Number(rate.toPrecision(digits)));
}
