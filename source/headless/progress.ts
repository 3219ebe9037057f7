import {formatBytes} from '../text/numbers.ts';
import type {Output} from './output.ts';

/** How often it is drawn, in milliseconds. */
const interval = 200;
const columns = 24;

/** Fewer bytes than this are not worth a bar. */
const worthIt = 4 * 1024 * 1024;

/**
A bar that tells how much of an input has been sent, on a terminal. Nothing where there is little to send.

@param sent - how many bytes have been sent by now
@returns what takes it away
*/
export function showProgress(errors: Output, size: number | undefined, sent: () => number): () => void {
	const began = performance.now();
	let isShown = false;
	const draw = (): void => {
		const bytes = sent();
		if ((size ?? bytes) < worthIt) {
			return;
		}

		isShown = true;
		const share = size === undefined ? undefined : Math.min(1, bytes / size);
		const filled = Math.round((share ?? 0) * columns);
		const bar = share === undefined
			? ''
			: `${'█'.repeat(filled)}${'░'.repeat(columns - filled)} ${String(Math.floor(share * 100)).padStart(3)} %  `;
		const rate = bytes / Math.max(1, performance.now() - began) * 1000;
		errors.write(`\r${bar}${formatBytes(bytes)}  ${formatBytes(rate)}/s\u{1B}[K`);
	};

	const timer = setInterval(draw, interval);
	return () => {
		clearInterval(timer);
		if (isShown) {
			errors.write('\r\u{1B}[K');
		}
	};
}
