import {formatAddress} from '../text/address.ts';
import type {ClientState} from './door/scene-view.ts';
import type {Address, PaneId} from './events/event.ts';
import type {EventLog} from './events/event-log.ts';
import type {Recorder} from './events/recorder.ts';
import {PaneIndex} from './events/pane-index.ts';
import type {Limits} from './sockets/limits.ts';
import type {SendRefusal} from './sockets/server-state.ts';
import {TcpClient} from './sockets/tcp-client.ts';
import {UdpClient} from './sockets/udp-client.ts';

/** What a client's pane is made with. `pane` tells its events from those of all other panes; `number` is the client's name. */
export type ClientPaneOptions = {
	readonly pane: PaneId;
	readonly number: number;
	readonly protocol: 'udp' | 'tcp';
	readonly log: EventLog;
	readonly limits: Limits;
	/** Where it talks to until it is told another address: the server, or what the command line names. */
	readonly defaultDestination: () => Address | undefined;
	/** Whether our own server, where it is the one that is talked to, answers what it gets. */
	readonly isAnswered: () => boolean;
	readonly onChange: () => void;
};

/** A client and the address that it talks to. */
export class ClientPane {
	readonly pane: PaneId;
	readonly number: number;
	readonly index = new PaneIndex();
	readonly client: UdpClient | TcpClient;
	readonly #recorder: Recorder;
	readonly #defaultDestination: () => Address | undefined;
	#ownDestination: Address | undefined;

	constructor({pane, number, protocol, log, limits, defaultDestination, isAnswered, onChange}: ClientPaneOptions) {
		this.pane = pane;
		this.number = number;
		this.#defaultDestination = defaultDestination;
		this.#recorder = log.recorder(pane, this.index, 0);
		const options = {
			newRecorder: () => log.recorder(pane, this.index, 0), limits, onChange, awaitsAnswers: () => this.#ownDestination !== undefined || isAnswered(),
		};
		this.client = protocol === 'udp' ? new UdpClient(options) : new TcpClient(options);
	}

	get destination(): Address | undefined {
		return this.#ownDestination ?? this.#defaultDestination();
	}

	get state(): ClientState {
		return this.client.state;
	}

	/** TCP: bytes that the peer has not taken yet. */
	get waiting(): number {
		return this.client.protocol === 'tcp' ? this.client.waiting : 0;
	}

	setDestination(destination: Address): void {
		this.#ownDestination = destination;
		this.#recorder.happened({type: 'destination-changed', destination: formatAddress(destination)});
	}

	/** TCP: connect, and settle once that has worked or failed. UDP: a new socket, which sends nothing. */
	async open(): Promise<SendRefusal | undefined> {
		if (this.client.protocol === 'udp') {
			this.client.reopen();
			return undefined;
		}

		const {destination} = this;
		if (!destination) {
			return {reason: 'no-destination'};
		}

		await this.client.connect(destination);
		return undefined;
	}

	/** Send at once; while TCP is still connecting, as soon as that has worked. */
	send(bytes: Uint8Array): SendRefusal | undefined | Promise<SendRefusal | undefined> {
		const {client} = this;
		if (client.protocol === 'tcp') {
			return client.state.type === 'connecting' ? client.whenConnected().then(() => client.send(bytes)) : client.send(bytes);
		}

		const {destination} = this;
		return destination ? client.send(destination, bytes) : {reason: 'no-destination'};
	}

	async close(): Promise<void> {
		await this.client.close();
	}
}
