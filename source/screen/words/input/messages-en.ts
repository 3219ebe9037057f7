import type {FileEnd} from '../../../log/reports.ts';
import {formatBytes, formatCount} from '../values/numbers.ts';

const ends: Readonly<Partial<Record<FileEnd['reason'], string>>> = {stopped: ' · stopped', closed: ' · the socket can no longer send', failed: ' · the next was refused'};

function messages(count: number): string {
	return `${formatCount(count)} message${count === 1 ? '' : 's'}`;
}

/** The name of a message; of one without, its place in its sequence. */
function called(name: string): string {
	return name.replace(/^(.*)\/(\d+)$/, 'message $2 of $1');
}

/** What is said of saved messages, in English. */
export const messagesEn = {
	ended: (name: string, count: number, reason: FileEnd['reason'], problem: string) => `sequence ${name}: ${messages(count)} sent${ends[reason] ?? ''}${problem === '' ? '' : ` (${problem})`}`,
	title: (file: string) => `saved messages · ${file}`,
	/** The same, where it has nothing. */
	none: 'saved messages: start with --messages FILE.yaml',
	changed: (file: string, count: number) => `${file} has changed: ${formatCount(count)} saved ${count === 1 ? 'entry' : 'entries'}`,
	broken: (problem: string) => `${problem} · the saved messages stay as they were`,
	gone: (name: string) => `the saved message ${name} no longer exists`,
	unreadable: (name: string, problem: string) => `not sent: ${name}: ${problem}`,
	/** The least length, where a number in it may have more digits. */
	size: (bytes: number, isExact: boolean) => `${isExact ? '' : '≥ '}${formatBytes(bytes)}`,
	sequence: (count: number, rounds: number | undefined) =>
		`${messages(count)}${rounds === 1 ? '' : (rounds === undefined ? ', until stopped' : ` × ${formatCount(rounds)}`)}`,
	sends: 'Sends it as if it had been typed. Placeholders are filled in when it is sent.',
	begins: 'Begins the sequence. Esc b s stops it.',
	running: (name: string) => `${name} is being sent: s stops it.`,
	sending: (name: string, sent: number, wanted: number | undefined) =>
		`▶ ${name} · ${wanted === undefined ? `${formatCount(sent)} sent, until stopped` : `${formatCount(sent)} of ${formatCount(wanted)} sent`}`,
	stop: 'Esc b s stops',
	stopIt: 'stop the sequence',
	refused: {
		underWay: 'not now: saved messages are being sent from here. Esc b s stops them.',
		none: 'no saved messages are being sent from here.',
		tooLarge: (name: string, size: number, limit: number) =>
			`not sent: ${called(name)} has ${formatBytes(size)}, and one datagram to this address holds at most ${formatBytes(limit)}.`,
	},
};
