import type {LossCause} from '../../log/link-fate.ts';
import {shortDuration} from '../../text/short-duration.ts';
import {linkPanelEn} from './link-panel-en.ts';
import {formatCount, formatExactBytes} from './numbers.ts';

const losses: Readonly<Record<LossCause, string>> = {
	loss: 'lost by the link',
	queue: 'lost: link queue full',
	next: 'lost by the link, as ordered',
	full: 'lost: link limit reached',
};

/** What is said of the simulated link, in English. */
export const linkEn = {
	losses,
	shortLoss: 'lost (link)',
	by: (what: string) => `link: ${what}`,
	later: (milliseconds: number) => `+${shortDuration(milliseconds)}`,
	copies: (count: number) => `${formatCount(count)} copies`,
	copyOf: (write: string, copy: number) => `${write} (${copy === 1 ? '1st' : '2nd'} copy)`,
	corrupted: (at: number) => `byte ${formatCount(at + 1)} changed`,
	corruptedCopy: (at: number, copy: number) => `byte ${formatCount(at + 1)} of copy ${copy} changed`,
	heldBack: 'held back',
	overtakenBy: (write: number) => `arrived after write ${formatCount(write)}`,
	segments: (count: number) => `in ${formatCount(count)} segments`,
	onTheLink: (bytes: number) => `${formatExactBytes(bytes)} on the link`,
	stillThere: 'on the link',
	discarded: 'never left the link: closed',
	shortDiscarded: 'never left the link',
	refused: 'refused by the OS',
	ofCopies: (count: number, of: number, what: string) => `${count} of ${of} copies ${what}`,
	shortOfCopies: (count: number, of: number, what: string) => `${count} of ${of} ${what}`,
	ofBytes: (bytes: number, what: string) => `${formatExactBytes(bytes)} ${what}`,
	panel: linkPanelEn,
};
