import type {ClientView, PeerView, SceneView} from '../../../engine/api/scene-view.ts';
import type {Protocol, PaneId} from '../../../log/event.ts';
import type {Words} from '../../words/words.ts';
import {type ActName, actNames, type SeriesKind} from '../modes.ts';

/**
What the menu is for: a client, the chosen connection socket of the TCP server, or a server of which no connection is
chosen.
*/
export type ActSubject
	= | {readonly type: 'client'; readonly pane: PaneId; readonly protocol: Protocol; readonly client: ClientView}
		| {readonly type: 'connection'; readonly pane: PaneId; readonly peer: PeerView}
		| {
			readonly type: 'server'; readonly pane: PaneId; readonly protocol: Protocol;
			/** Whether there is a connection to choose. */
			readonly hasPeers: boolean;
		};

/** What the menu is for while this pane has the focus; undefined where there is no such pane. */
export function subjectOf({protocol, server, clients}: SceneView, pane: PaneId | undefined): ActSubject | undefined {
	const client = clients.find(candidate => candidate.pane === pane);
	if (client) {
		return {
			type: 'client', pane: client.pane, protocol, client,
		};
	}

	if (!server || server.pane !== pane) {
		return undefined;
	}

	const peer = server.peers.find(({number}) => number === server.target);
	return peer?.connection
		? {type: 'connection', pane: server.pane, peer}
		: {
			type: 'server', pane: server.pane, protocol, hasPeers: server.peerCount > 0,
		};
}

/** The keys of the entries: 1 to 9, 0, and a letter. */
const actKeys = '1234567890c';

export function actOfKey(key: string): ActName | undefined {
	return key.length === 1 ? actNames[actKeys.indexOf(key)] : undefined;
}

export function keyOfAct(name: ActName): string {
	return actKeys[actNames.indexOf(name)] ?? '';
}

export function isSeriesKind(name: ActName): name is SeriesKind {
	return name === 'burst' || name === 'repeat' || name === 'load';
}

export function sendsLine(name: ActName): name is 'split-character' | 'two-writes' | 'two-writes-pause' {
	return name === 'split-character' || name === 'two-writes' || name === 'two-writes-pause';
}

function isReadingStopped(subject: ActSubject): boolean {
	return subject.type === 'client'
		? subject.client.isReadingStopped
		: subject.type === 'connection' && subject.peer.connection?.isReadingStopped === true;
}

/** The words of an entry: those of the opposite, where it has been chosen before. */
export function entryNameOf(name: ActName, subject: ActSubject): ActName | 'read-again' | 'forbid-broadcast' {
	if (name === 'broadcast' && subject.type === 'client' && subject.client.mayBroadcast) {
		return 'forbid-broadcast';
	}

	return name === 'reading' && isReadingStopped(subject) ? 'read-again' : name;
}

/** Why an entry means nothing for this subject now; undefined where it can be chosen. */
export function reasonAgainst(name: ActName, subject: ActSubject, {acts: {reasons}}: Words): string | undefined {
	if (subject.type === 'client') {
		return reasonAtClient(name, subject.client, subject.protocol, reasons);
	}

	if (isSeriesKind(name) || name === 'report') {
		return reasons.seriesFromClients;
	}

	if (subject.type === 'server') {
		const ofTcp = subject.hasPeers ? reasons.chooseConnection : reasons.noConnection;
		return subject.protocol === 'udp' ? reasons.oneSocketForAll : ofTcp;
	}

	const state = subject.peer.connection?.state;
	const hasSentFin = state === 'FIN_WAIT' || state === 'LAST_ACK' || state === 'TIME_WAIT';
	return name === 'broadcast' ? reasons.noBroadcast : (hasSentFin && needsOpenStream(name) ? reasons.finSent : undefined);
}

function reasonAtClient(
	name: ActName,
	{state, series}: ClientView,
	protocol: Protocol,
	reasons: Words['acts']['reasons'],
): string | undefined {
	if (name === 'report') {
		return series ? undefined : reasons.noReport;
	}

	const isOnConnection = name === 'reset' || name === 'half-close' || name === 'reading';
	if (protocol === 'udp' && isOnConnection) {
		return reasons.udp[name];
	}

	if (name === 'broadcast' && (protocol === 'tcp' || state.type === 'unbound')) {
		return protocol === 'tcp' ? reasons.noBroadcast : reasons.noSocketYet;
	}

	if (state.type === 'closed') {
		return protocol === 'udp' ? reasons.closedUdp : reasons.closedTcp;
	}

	if (isOnConnection && state.type === 'connecting') {
		return reasons.connecting;
	}

	if (state.type === 'connected' && state.isFinishing && (needsOpenStream(name) || isSeriesKind(name))) {
		return reasons.finSent;
	}

	return series?.isRunning && (sendsLine(name) || isSeriesKind(name)) ? reasons.seriesRunning : undefined;
}

/** Whether an entry writes to the stream, or ends it: neither is possible after the FIN. */
function needsOpenStream(name: ActName): boolean {
	return name === 'half-close' || sendsLine(name);
}

/**
What an act sends where nothing is typed in the line: a text with characters of several bytes, and one that is seen to
be in two halves.
*/
const samples = {'split-character': '안녕', 'two-writes': 'first second', 'two-writes-pause': 'first second'} as const;

export function sampleOf(name: keyof typeof samples): string {
	return samples[name];
}
