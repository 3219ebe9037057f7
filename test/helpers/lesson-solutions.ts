import type {EventType} from '../../source/log/event.ts';
import type {Presses} from './lesson-keys.ts';

/** A plausible move that does not do what the step asks for. */
export type WrongMove = {
	readonly keys: Presses;
	/** The event that shows that it was carried out, and what is on the screen then; undefined where it has none. */
	readonly sees?: EventType;
	readonly shows?: string;
	/** What makes up for it, so that the solution works afterwards. */
	readonly undo?: Presses;
};

/** How one step is done. */
export type StepSolution = {
	/** The right answer to its question: a text, the number of a choice, or `#client 1` for the port of a pane. */
	readonly guess?: string;
	readonly wrong: WrongMove | readonly WrongMove[];
	readonly keys: Presses;
	/** What is pressed when it is done, before the next one. */
	readonly after?: Presses;
};

const hello = 'hello<Enter>';

/** A pane's view, and the messages again. */
function peek(pane: string, view: string): WrongMove {
	return {keys: [`@${pane}`, `<Esc>${view}`, '<Esc>1']};
}

let sent = 0;

/** Send a text of its own from a client; the server answers it in upper case. */
function sendFrom(client: string, sees: EventType): WrongMove {
	const text = `oops ${++sent}`;
	return {keys: [`@${client}`, `${text}<Enter>`], sees, shows: sees.endsWith('sent') ? text : text.toUpperCase()};
}

/** Send a text of its own from the pane that has the focus, and be answered to it. */
function exchange(): Presses {
	const text = `oops ${++sent}`;
	return [`${text}<Enter>`, `~${text.toUpperCase()}`];
}

/** Send two messages from one client, and be answered to each. */
function sendTwice(client: string): WrongMove {
	return {keys: [`@${client}`, ...exchange(), ...exchange()]};
}

/** Send from the server to the peer that it has chosen. */
function sendFromServer(sees: EventType, server = 'server'): WrongMove {
	const text = `oops ${++sent}`;
	return {keys: [`@${server}`, `${text}<Enter>`], sees, shows: text};
}

/** What the footer of the link's panel has in either language, and its prompts have not. */
const linkPanel = '=0 perfect';

/** Have the link lose the client's next message. */
const loseNext = ['<^L>', linkPanel, '<Right>n<Esc>'];

/** Run an experiment of the laboratory that the step does not ask for. */
const emptyDatagram: WrongMove = {keys: ['<Esc>ec'], sees: 'datagram-received', shows: ' 0 B'};

/** The keys of a model solution, and a wrong move, for every step of every built-in lesson. */
export const lessonSolutions: Readonly<Record<string, readonly StepSolution[]>> = {
	socket: [
		{guess: '1', wrong: {keys: ['@server', hello]}, keys: ['@client 1', hello]},
		{wrong: peek('server', '2'), keys: ['@client 1', '<Esc>2', hello]},
		{wrong: sendFrom('client 1', 'chunk-received'), keys: ['<^N>', '<^F>']},
		{guess: '2', wrong: peek('server', '2'), keys: ['@client 1', '<Esc>2', '=TCP_NODELAY', '<^T>', '=[UDP]', '@client 1', '<Esc>2']},
		{
			wrong: [peek('server', '3'), sendFromServer('datagram-received')],
			keys: ['@client 1', ...exchange(), '<^T>', '=[TCP]', '@client 1', hello],
		},
	],
	udp: [
		{
			guess: '2',
			wrong: [
				{keys: ['@server', '<^O>'], sees: 'socket-bound', shows: '●'},
				{...sendFrom('client 1', 'datagram-received'), undo: ['@server', '<^O>']},
			],
			keys: ['@client 1', hello],
		},
		{wrong: sendFrom('client 1', 'datagram-sent'), keys: ['@server', '<^O>']},
		{guess: '2', wrong: peek('client 1', '2'), keys: ['@client 1', 'hi there<Enter>']},
		{guess: '3', wrong: sendFromServer('datagram-sent'), keys: ['@client 1', hello]},
		{guess: '1', wrong: peek('server', '3'), keys: ['@client 1', '<Esc>2', hello]},
		{guess: '2', wrong: sendFrom('client 1', 'datagram-received'), keys: ['@client 2', hello]},
		{guess: '0', wrong: sendFrom('client 1', 'datagram-received'), keys: ['<^N>', '= 3 · ', '@client 3', ...exchange(), '<^F>']},
		{guess: '2', wrong: peek('client 1', '3'), keys: ['@server', '<Esc>2']},
		{
			wrong: [
				sendFrom('client 1', 'datagram-received'),
				...Array.from({length: 3}, () => sendFromServer('datagram-received')),
			],
			keys: ['@client 1', 'one<Enter>', '~ONE', 'two<Enter>', '~TWO', 'three<Enter>'],
		},
	],
	loss: [
		{guess: '2', wrong: sendFrom('client 1', 'datagram-received'), keys: ['@client 1', '<Esc>b5']},
		{
			guess: '2',
			wrong: sendFrom('client 1', 'datagram-received'),
			keys: ['@client 1', ...loseNext, 'lost<Enter>'],
		},
		{
			guess: '1',
			wrong: {keys: ['@client 1', ...loseNext, 'again<Enter>'], sees: 'datagram-sent', shows: 'again'},
			keys: ['@client 1', 'next<Enter>'],
		},
		{
			guess: '400',
			wrong: sendFrom('client 1', 'datagram-received'),
			keys: ['@client 1', '<^L><Enter>', 'delay=200ms', '=delay=200ms', '<Enter>', linkPanel, '<Esc>', hello],
		},
		{
			guess: '2',
			wrong: sendFrom('client 1', 'datagram-received'),
			keys: ['@client 1', '<Esc>b7', '10 at 50/s<Enter>'],
		},
		{
			guess: '14',
			wrong: {keys: ['@client 1', '<Esc>b7', '5 at 50/s<Enter>'], sees: 'series-ended', shows: '000005'},
			keys: ['@client 1', '<Esc>b7', '20 at 50/s<Enter>'],
		},
		{
			wrong: peek('client 1', '2'),
			keys: ['@client 1', ...Array.from({length: 12}, () => 'ping<Enter>')],
		},
	],
	tcp: [
		{
			guess: '1',
			wrong: {
				keys: ['@server', '<^O>'], sees: 'listening-started', shows: 'LISTEN', undo: ['@server', '<^O>'],
			},
			keys: ['@client 1', '<^O>'],
		},
		{wrong: {keys: ['@client 1', '<^O>'], sees: 'connect-failed', shows: 'ECONNREFUSED'}, keys: ['@server', '<^O>']},
		{guess: '3', wrong: peek('server', '2'), keys: ['@client 1', '<^O>']},
		{guess: '2', wrong: sendFromServer('chunk-received'), keys: ['@client 1', hello]},
		{wrong: peek('client 1', '4'), keys: ['@server', '<Esc>4']},
		{guess: '3', wrong: peek('server', '2'), keys: ['@client 1', '<Esc>2', hello]},
		{wrong: sendFromServer('chunk-received'), keys: ['@client 1', hello]},
		{guess: '2', wrong: peek('client 1', '3'), keys: ['@server', '<Esc>2']},
	],
	clients: [
		{guess: '#server', wrong: sendFrom('client 1', 'chunk-received'), keys: ['<^N>']},
		{guess: '4', wrong: peek('client 1', '4'), keys: ['<^N>', '= 3 · ', '@server', '<Esc>4']},
		{
			guess: '2',
			wrong: sendTwice('client 1'),
			keys: ['@client 1', ...exchange(), '@client 2', hello],
		},
		{
			wrong: [
				sendFrom('client 2', 'chunk-received'),
				{
					keys: ['@client 1', '<Esc>b8', '<Enter>', '@server', '<Esc>1', '<Right>to another<Enter>', '~to another'],
					undo: ['@client 1', '<Esc>bs', '<Esc><Enter>'],
				},
			],
			keys: ['@client 1', '<Esc>b8', '<Enter>', '@client 2', hello],
			after: ['@client 1', '<Esc>bs', '<Esc><Enter>'],
		},
		{guess: '1', wrong: sendFrom('client 2', 'chunk-received'), keys: ['@client 1', '<^X>', '@client 2', hello]},
		{
			guess: '2',
			wrong: sendTwice('client 1'),
			keys: ['@client 1', ...exchange(), '@client 2', hello],
		},
	],
	stream: [
		{guess: '0', wrong: sendFrom('client 1', 'chunk-received'), keys: ['@client 1', '<Esc>b7', '10 at 50/s<Enter>']},
		{guess: '3', wrong: {keys: ['@client 1', ...exchange()]}, keys: ['@client 1', '<Esc>b5']},
		{guess: '3', wrong: {keys: ['@client 1', 'abc<Enter>', '~ABC']}, keys: ['@client 1', 'hello world<Enter>']},
		{wrong: {keys: ['@client 1', '<Esc>b5'], sees: 'chunk-received', shows: 'SECOND'}, keys: ['@client 1', '<Esc>b4']},
		{
			guess: '2',
			wrong: {keys: ['@client 1', 'one<Enter>', '~ONE']},
			keys: ['@client 1', String.raw`one\ntwo\n`, '<Esc>b5'],
		},
		{
			guess: '10',
			wrong: {keys: ['@client 1', 'onethree<Enter>', '~ONETHREE']},
			keys: ['@client 1', String.raw`\x03one\x05three<Enter>`],
		},
	],
	closing: [
		{
			guess: '1',
			wrong: [
				{keys: ['@client 1', 'one<Enter>', '~ONE']},
				sendFromServer('chunk-received'),
				sendFromServer('chunk-received'),
			],
			keys: ['@client 1', 'two<Enter>', '~TWO', 'three<Enter>'],
		},
		{guess: '2', wrong: {keys: ['@client 1', ...exchange()]}, keys: ['@client 1', '<Esc>k<Enter>', 'bye<Enter>']},
		{guess: '2', wrong: peek('server', '4'), keys: ['@client 1', '<^X>']},
		{guess: '2', wrong: peek('client 1', '4'), keys: ['@client 1', '<^O>']},
		{
			guess: '1',
			wrong: sendFromServer('chunk-received'),
			keys: ['@client 1', '<^D>', '@server', 'still here<Enter>'],
		},
		{
			guess: '2',
			wrong: {
				// The end of the title says that the socket is closed: only then is it opened again.
				keys: ['@client 1', '<^D>', '= ○ ━'],
				sees: 'socket-closed',
				shows: 'FIN',
				undo: ['@client 1', '<^O>', '=ESTABLISHED'],
			},
			keys: ['@client 1', '<Esc>b1'],
		},
	],
	errors: [
		{wrong: emptyDatagram, keys: ['<Esc>e1']},
		{guess: '2', wrong: {keys: ['<Esc>e1'], sees: 'connect-failed', shows: 'ECONNREFUSED'}, keys: ['<Esc>e2']},
		{guess: '2', wrong: emptyDatagram, keys: ['<Esc>e4']},
		{guess: '65507', wrong: emptyDatagram, keys: ['<Esc>eb']},
		{guess: '2', wrong: emptyDatagram, keys: ['<Esc>e8']},
		{guess: '2', wrong: emptyDatagram, keys: ['<Esc>ea']},
		{wrong: emptyDatagram, keys: ['<Esc>ed']},
		{guess: '2', wrong: emptyDatagram, keys: ['<Esc>eh']},
	],
	program: [
		{guess: '2', wrong: peek('client 1', '2'), keys: ['@client 1', '<^S>']},
		{
			guess: '2',
			wrong: {keys: ['@client 1', '<^V>', hello], sees: 'datagram-received', shows: 'HELLO'},
			keys: ['@client 1', '<^S>', hello],
		},
		{guess: '2', wrong: peek('server', '2'), keys: ['@server', '<^S>', '=udp_server', '@client 1', hello]},
		{guess: '3', wrong: peek('client 1', '2'), keys: ['@server', '<^S>', '=tcp_server', '<^N>']},
		{guess: '1', wrong: peek('server', '2'), keys: ['@client 1', '<^S>', hello]},
		{wrong: peek('client 1', '3'), keys: ['@server', '<Esc>2', '=recv() →', '@client 1', hello]},
		{wrong: peek('server', '3'), keys: ['@server', '<^S>', '=tcp_server', '<^S>']},
	],
	'side-by-side': [
		{
			wrong: [peek('udp server', '2'), sendFromServer('chunk-received', 'tcp server')],
			keys: ['@udp client 1', hello, '@tcp client 1', hello],
		},
		{
			guess: '0',
			wrong: sendFrom('udp client 1', 'datagram-received'),
			keys: ['@udp client 1', '<^N>', '= 2 · ', '@udp client 2', hello, '@tcp client 1', '<^N>'],
		},
		{guess: '2', wrong: [peek('tcp client 1', '4'), peek('udp server', '2')], keys: ['@tcp server', '<Esc>4', '@udp server', '<Esc>4']},
		{wrong: peek('udp server', '2'), keys: ['@udp client 1', '<Esc>2', hello, '@tcp client 1', hello]},
		{
			guess: '1',
			wrong: sendFrom('udp client 1', 'datagram-received'),
			keys: ['@udp client 1', '<Esc>b5', '@tcp client 1', '<Esc>b5'],
		},
		{
			guess: '1',
			wrong: peek('tcp server', '2'),
			keys: ['@udp client 1', ...Array.from({length: 8}, () => 'ping<Enter>'), '@tcp client 1', hello],
		},
		{wrong: peek('tcp server', '2'), keys: ['@udp client 1', hello, '@tcp client 1', '<^O>']},
	],
};
