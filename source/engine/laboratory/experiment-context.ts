import {setImmediate} from 'node:timers/promises';
import type {ClientPane} from '../scene/panes/client-pane.ts';
import type {ExperimentFacts} from '../api/experiment.ts';
import type {
	Address, EventType, SocketEvent, SocketFailure,
} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {Scene} from '../scene/scene.ts';
import type {ServerPane} from '../scene/panes/server-pane.ts';
import {isSameAddress} from '../../text/address.ts';
import {toFailure} from '../../sockets/failure.ts';
import {type ReservedAddress, reserveVacant} from '../../sockets/reserved-address.ts';
import {type KernelSocket, isSameSnapshot} from '../../sockets/kernel/kernel-socket.ts';
import {KernelTables} from '../../sockets/kernel/kernel-tables.ts';
import type {SendRefusal} from '../../sockets/states.ts';
import type {TcpClient} from '../../sockets/tcp/tcp-client.ts';
import type {TcpConnection} from '../../sockets/tcp/tcp-connection.ts';
import {Waits} from './waits.ts';

/** How long an experiment takes its time, in milliseconds. */
export type LaboratoryTimes = {
	/** From one step to the next, so that a person can follow. */
	readonly step: number;
	/** How long a client waits for an answer to its SYN, and an experiment for the kernel's tables. */
	readonly timeout: number;
};

export const defaultTimes: LaboratoryTimes = {step: 400, timeout: 3000};

/** The system said something else than an experiment was to cause. */
class Unexpected extends Error {
	readonly failure: SocketFailure;

	constructor(failure: SocketFailure) {
		super(failure.message);
		this.failure = failure;
	}
}

/** What an experiment failed with, as plain data. */
export function failureOf(error: unknown): SocketFailure {
	return error instanceof Unexpected ? error.failure : toFailure(error);
}

/** The pause between two readings of the kernel's tables, in milliseconds. */
const readingInterval = 50;

/** The readings that are awaited before a search is given up: on a busy machine they are seconds apart. */
const minReadings = 5;

/** What a context is made with: the laboratory's scene, and who hears of what becomes known. */
type ExperimentContextOptions = {
	readonly scene: Scene;
	readonly log: EventLog;
	readonly times: LaboratoryTimes;
	readonly onFacts: (facts: ExperimentFacts) => void;
};

/** Both ends of a TCP connection: the client's socket and the connection socket that accept() returned. */
export type Conversation = {
	readonly pane: ClientPane;
	readonly client: TcpClient;
	readonly local: Address;
	readonly connection: TcpConnection;
};

/** The two sockets of a connection in the kernel's tables, each undefined where they do not have it. */
type KernelEnds = {readonly client: KernelSocket | undefined; readonly server: KernelSocket | undefined};

type EventOf<Type extends EventType> = Extract<SocketEvent, {type: Type}>;

/** Where one experiment is carried out: its panes, addresses and waits. Everything rejects once it is ended. */
export class ExperimentContext {
	readonly times: LaboratoryTimes;
	/** What became known, for the text that explains it. */
	readonly tell: (facts: ExperimentFacts) => void;
	protected readonly scene: Scene;
	protected readonly log: EventLog;
	readonly #waits = new Waits();
	readonly #reserved = new Set<ReservedAddress>();

	constructor({scene, log, times, onFacts}: ExperimentContextOptions) {
		this.scene = scene;
		this.log = log;
		this.times = times;
		this.tell = onFacts;
	}

	get server(): ServerPane {
		const {server} = this.scene;
		if (!server) {
			throw new Error('the experiment has no server');
		}

		return server;
	}

	get isEnded(): boolean {
		return this.#waits.isEnded;
	}

	/** An event has come: check whether it is the awaited one. */
	look(): void {
		this.#waits.look();
	}

	/** Let a person see what has happened, before the next step. */
	async step(): Promise<void> {
		await this.#waits.within(this.times.step, () => undefined);
	}

	/** What this returns once it is not undefined. */
	async until<Value>(find: () => Value | undefined): Promise<Value> {
		return this.#waits.until(find);
	}

	/** The same, or undefined where it still is that after `time` milliseconds. */
	async within<Value>(time: number, find: () => Value | undefined): Promise<Value | undefined> {
		return this.#waits.within(time, find);
	}

	/** Let the sockets do what they are about to do. */
	async turn(): Promise<void> {
		await setImmediate();
		this.#waits.check();
	}

	/** The first event in a pane that has one of these types and fits, which may have happened already. */
	async happened<Type extends EventType>(
		{index}: ServerPane | ClientPane,
		types: readonly Type[],
		fits: (event: EventOf<Type>) => boolean = () => true,
	): Promise<EventOf<Type>> {
		const {log} = this;
		let next = index.firstSince(log.first);
		return this.until(() => {
			while (next < index.total) {
				const event = log.read(index.at(next++), 0);
				if (types.includes(event.type as Type) && fits(event as EventOf<Type>)) {
					return event as EventOf<Type>;
				}
			}

			return undefined;
		});
	}

	/**
	The outcome of a call that was to fail with one of these codes (errno(3)): `allowed` where it did not fail. @throws
	any other failure
	*/
	outcomeOf(failure: SocketFailure | undefined, ...codes: readonly string[]): 'caused' | 'allowed' {
		if (!failure) {
			return 'allowed';
		}

		if (!codes.includes(failure.code)) {
			throw new Unexpected(failure);
		}

		this.tell({failure});
		return 'caused';
	}

	/** Have an address kept as it is until the experiment is ended. */
	async reserve(reserving: Promise<ReservedAddress>): Promise<Address> {
		const reserved = await reserving;
		this.#reserved.add(reserved);
		if (this.isEnded) {
			await this.#release();
		}

		this.#waits.check();
		this.tell({address: reserved.address, holders: reserved.holders});
		return reserved.address;
	}

	/** Make the clients send to this address: the experiment has no server of its own. */
	talkTo(address: Address): void {
		this.scene.connect = address;
	}

	/** Give the server an address at which there is no socket, and keep it so until the server is opened there. */
	async leaveVacant(port = 0): Promise<void> {
		const {server} = this;
		server.configured = await this.reserve(reserveVacant(this.scene.protocol, port));
		server.beforeOpening = async () => this.#release();
	}

	/** Open the server. Settles with the failure where it could not be bound. */
	async openServer(address?: Address): Promise<SocketFailure | undefined> {
		this.#waits.check();
		const {server} = this;
		server.configured = address ?? server.configured;
		await server.server.open(server.configured);
		this.#waits.check();
		const {state} = server.server;
		return state.type === 'failed' ? state.failure : undefined;
	}

	/** Open the server at a port that the system picks, which works. */
	async listen(): Promise<void> {
		expectNone(await this.openServer());
	}

	/** Add a client. Its socket is opened when it first sends, or connects. */
	addClient(isConnected = false): ClientPane {
		this.#waits.check();
		return this.scene.addClient(isConnected);
	}

	/** Let a client connect. Settles with the failure where it could not. */
	async connect(pane: ClientPane, timeout?: number): Promise<SocketFailure | undefined> {
		this.#waits.check();
		// A pane that was removed is closed already, and nothing would close it again.
		if (!this.scene.clients.includes(pane)) {
			throw new Error('the client was taken away');
		}

		await pane.open(timeout);
		this.#waits.check();
		const {state} = pane;
		return state.type === 'closed' && 'failure' in state ? state.failure : undefined;
	}

	/** A client that has connected to the server, which is opened for the first one. */
	async openConversation(): Promise<Conversation> {
		if (this.server.server.state.type !== 'open') {
			await this.listen();
		}

		const pane = this.addClient();
		expectNone(await this.connect(pane));
		const {client} = pane;
		if (client.protocol === 'udp' || client.state.type !== 'connected') {
			throw new Error('the client has no connection');
		}

		const {local} = client.state;
		const connection = await this.until(() => {
			const {server} = this.server;
			return server.protocol === 'tcp'
				? [...server.peers.values()].find(({peer}) => isSameAddress(peer, local))
				: undefined;
		});
		return {
			pane,
			client,
			local,
			connection,
		};
	}

	/** Send. @throws where this program itself refuses that */
	send(pane: ClientPane, text: string | Uint8Array): void {
		this.#waits.check();
		const refusal = pane.send(typeof text === 'string' ? Buffer.from(text) : text) as SendRefusal | undefined;
		if (refusal) {
			throw new Error(`the client cannot send: ${refusal.reason}`);
		}
	}

	/**
	The result of a search of the kernel's tables for both ends of a connection, once it is found and the two have not
	changed for `steadyTime` milliseconds; undefined without tables, or where they do not show it in time.
	*/
	async inKernel<Value>(
		{local, connection}: Conversation,
		find: (ends: KernelEnds) => Value | undefined,
		steadyTime = 0,
	): Promise<Value | undefined> {
		if (!KernelTables.isAvailable) {
			return undefined;
		}

		let ends: readonly KernelSocket[] = [];
		/** When the first reading began that showed the ends as the newest does. */
		let since = 0;
		let readings = 0;
		// Other connections may have the same local port, to other addresses: the four-tuple tells them apart.
		const endAt = (one: Address, other: Address): KernelSocket | undefined =>
			ends.find(socket => isSameAddress(socket.local, one) && isSameAddress(socket.remote, other));
		const tables = new KernelTables({
			interval: readingInterval,
			onRead: () => {
				readings++;
				const before = ends;
				ends = tables.snapshot ?? [];
				ends = [endAt(local, connection.local), endAt(connection.local, local)]
					.filter(end => end !== undefined);
				if (readings === 1 || !isSameSnapshot(ends, before)) {
					since = tables.readAt;
				}

				this.#waits.look();
			},
			onFault: this.log.onFault,
		});
		try {
			tables.watch([{protocol: this.scene.protocol, ports: [local.port], families: [4]}]);
			return await this.#waits.within(
				this.times.timeout,
				() => tables.snapshot && tables.readAt - since >= steadyTime
					? find({client: endAt(local, connection.local), server: endAt(connection.local, local)})
					: undefined,
				() => !tables.snapshot || readings >= minReadings,
			);
		} finally {
			tables.close();
		}
	}

	/** Give everything up that is waited for, and all addresses back. May be called twice. */
	async end(): Promise<void> {
		this.#waits.end();
		await this.#release();
	}

	async #release(): Promise<void> {
		const held = [...this.#reserved];
		this.#reserved.clear();
		if (held.length > 0 && !this.isEnded) {
			this.tell({holders: undefined});
		}

		await Promise.all(held.map(async ({release}) => release()));
	}
}

function expectNone(failure: SocketFailure | undefined): void {
	if (failure) {
		throw new Unexpected(failure);
	}
}
