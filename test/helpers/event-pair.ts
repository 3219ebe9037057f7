import {EventLog} from '../../source/log/event-log.ts';
import {farEndAt, type FarEnd, type SocketTrack} from '../../source/log/socket-track.ts';
import type {InFlightDatagram, Origin} from '../../source/log/delivery/in-flight.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';

const near = {host: '127.0.0.1', port: 50_000};
const far = {host: '127.0.0.1', port: 80};

/**
A client's and a server's UDP socket in one log, as it sees them: nothing is sent, only recorded. The test sets the
clock.
*/
export class EventPair {
	/** What the clock says, in milliseconds. */
	now = 1000;
	readonly log: EventLog;
	readonly client: SocketTrack;
	readonly server: SocketTrack;
	/** Where the server is for the client, and the client for the server. */
	readonly there: FarEnd;
	readonly back: FarEnd;

	/** @param onFault - gets what subscribers throw */
	constructor(events = 64, onFault?: (error: unknown) => void) {
		this.log = new EventLog({
			events,
			bytes: 4096,
			clock: () => this.now,
			isOwnHost: host => host === '127.0.0.1',
			...(onFault && {onFault}),
		});
		this.client = this.log.track(2, new PaneIndex(), 0);
		this.server = this.log.track(1, new PaneIndex(), 0);
		this.client.happened({type: 'socket-bound', local: near});
		this.server.happened({type: 'socket-bound', local: far});
		this.there = this.client.farEnd(farEndAt(far));
		this.back = this.server.farEnd(farEndAt(near));
	}

	/** The client sends a text, which the system takes at once. @returns the event's sequence number */
	ask(text: string): number {
		const bytes = Buffer.from(text);
		const number = this.client.nextWrite();
		this.client.datagramSent(this.there, bytes, number, this.client.departs(this.there, number, bytes, this.now));
		return this.log.next - 1;
	}

	/** The server reads a text from the client. @returns which datagram it was, as far as that is known */
	read(text: string): InFlightDatagram | undefined {
		return this.server.datagramReceived(this.back, Buffer.from(text));
	}

	/** The server sends a text to the client, as the answer to one of its datagrams. */
	answer(text: string, asked: Origin | undefined): InFlightDatagram | undefined {
		const bytes = Buffer.from(text);
		const number = this.server.nextWrite();
		const departure = this.server.departs(this.back, number, bytes, this.now, asked);
		this.server.datagramSent(this.back, bytes, number, departure);
		return departure;
	}

	/** Another socket at the server's address. */
	openServer(): SocketTrack {
		const server = this.log.track(1, new PaneIndex(), 0);
		server.happened({type: 'socket-bound', local: far});
		return server;
	}

	closeServer(): void {
		this.server.happened({type: 'socket-closed', local: far, discarded: 0});
	}

	/** What the log says became of a datagram. */
	arrival(sequence: number): unknown {
		const event = this.log.read(sequence);
		return 'arrival' in event ? event.arrival : undefined;
	}
}
