import type {Refusal, Target} from '../../api/command.ts';
import type {Address} from '../../../log/event.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import {kindOfRule, type ReplyRule, type ReplyRuleKind} from '../../../replies/reply-rule.ts';
import {isCaseless} from '../../../replies/uppercase.ts';
import {CharacterCarry} from '../../../replies/character-carry.ts';
import type {Framing} from '../../../text/framing.ts';
import {largestDatagramTo} from '../../../sockets/limits.ts';
import type {PeerNumber} from '../../../sockets/states.ts';
import type {Sequence} from '../../../messages/message.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import {freeChunk} from '../../../sockets/tcp/read-buffer.ts';
import {TcpServer} from '../../../sockets/tcp/tcp-server.ts';
import {UdpServer} from '../../../sockets/udp/udp-server.ts';
import type {RulesFile} from '../rules-file.ts';
import {CustomAnswers} from './custom-answers.ts';
import {type PaneSetup, SocketPane} from './pane.ts';

/** What a server's pane is made with: the address that the server is to bind, and how it answers to begin with. */
type ServerPaneOptions = PaneSetup & {
	readonly configured: Address;
	readonly rule: ReplyRule;
	readonly closeAfterReply: boolean;
	readonly rulesFile?: RulesFile | undefined;
};

/** A server and its answers: by its rule, or as typed. */
export class ServerPane extends SocketPane {
	readonly server: UdpServer | TcpServer;
	/** What it binds when it is opened. */
	configured: Address;
	/** Gives back what has kept the configured address free, before the server binds it. */
	beforeOpening: (() => Promise<void>) | undefined;
	#hasNotedUnchanged = false;
	readonly #custom: CustomAnswers | undefined;
	readonly #carries = new Map<PeerNumber, CharacterCarry>();
	#rule: ReplyRule;
	/** What its registry says of it: not looked up for each datagram. */
	#kind: ReplyRuleKind;
	#closeAfterReply: boolean;
	#chosen: Target | undefined;

	constructor(options: ServerPaneOptions) {
		super(options, 'server', () => this.server);
		const {pane, protocol, log, limits, link, rulesFile, onChange} = options;
		this.configured = options.configured;
		this.#rule = options.rule;
		this.#kind = kindOfRule(options.rule);
		this.#closeAfterReply = options.closeAfterReply;
		this.#custom = rulesFile && new CustomAnswers(rulesFile, this.track, this);
		const trackOf = (socket: number): SocketTrack => log.track(pane, this.index, socket);
		const shared = {
			limits, link, options: () => this.options.values, onChange,
		};
		this.server = protocol === 'udp'
			? new UdpServer({
				...shared,
				newTrack: () => trackOf(0),
				onDatagram: ({number, address}, bytes) => {
					this.#answer(number, address, bytes);
				},
			})
			: new TcpServer({
				...shared,
				trackOf,
				framing: () => this.framing,
				onChunk: (connection, bytes) => {
					if (connection.framing === 'none') {
						this.#answerChunk(connection, this.#wholeCharacters(connection.number, bytes));
						// What waits may be the chunk itself.
						if (connection.waiting === 0) {
							freeChunk(bytes);
						}
					}
				},
				onMessage: (connection, message) => {
					this.#answer(connection.number, connection.peer, message, connection);
				},
				onFinished: connection => {
					this.#answerEnd(connection);
				},
				closesToo: () => this.#kind.answers !== 'person',
				onClosed: ({number}) => {
					this.#carries.delete(number);
					this.#custom?.forget(number);
				},
			});
	}

	get rule(): ReplyRule {
		return this.#rule;
	}

	get rulesFile(): string | undefined {
		return this.#custom?.file;
	}

	get closeAfterReply(): boolean {
		return this.#closeAfterReply;
	}

	protected override reframe(framing: Framing): void {
		const {server} = this;
		const connections = server.protocol === 'tcp' ? [...server.peers.values()] : [];
		for (const connection of connections) {
			// Its other half will be read in another framing: what has come of a character is answered as it is.
			this.#answerCarried(connection);
		}

		super.reframe(framing);
		for (const connection of connections) {
			connection.setFraming(framing);
		}
	}

	/**
	Where a message typed here goes to: the chosen peer, or, while none was chosen, the first one; undefined where there
	is none. A chosen peer that was closed stays chosen: a half-typed message must not go to another one.
	*/
	get target(): Target | undefined {
		const {peers} = this.server;
		return peers.size === 0 ? undefined : this.#chosen ?? peers.keys().next().value;
	}

	/** Bind the configured address. Settles when that has worked, or failed. */
	async open(): Promise<void> {
		await this.beforeOpening?.();
		await this.server.open(this.configured);
	}

	async close(): Promise<void> {
		await this.server.close();
		this.#custom?.closed();
	}

	/** Bind another address. Where that is taken, the socket that is open stays. */
	async move(address: Address): Promise<void> {
		const {state} = this.server;
		if (state.type !== 'open') {
			await this.close();
			this.configured = address;
			await this.open();
		} else if (await this.server.move(address)) {
			this.configured = address;
			this.onChange();
		}
	}

	setRule(rule: ReplyRule): void {
		this.#rule = rule;
		this.#kind = kindOfRule(rule);
		this.#hasNotedUnchanged = false;
		this.track.happened({type: 'rule-changed', rule});
	}

	setCloseAfterReply(closeAfterReply: boolean): void {
		this.#closeAfterReply = closeAfterReply;
		this.track.happened({type: 'closing-changed', closeAfterReply});
	}

	/** Step to the next or previous target; after the last peer comes `all`. */
	choose(step: 1 | -1): void {
		const targets: Target[] = [...this.server.peers.keys(), 'all'];
		const current = this.target;
		if (current !== undefined) {
			this.#chosen = targets[(targets.indexOf(current) + step + targets.length) % targets.length];
			this.onChange();
		}
	}

	/** Clear the choice, if it was this peer: the user has closed it. */
	unchoose(peer: PeerNumber): void {
		if (this.#chosen === peer) {
			this.#chosen = undefined;
		}
	}

	/** Send a typed message. To all, it is refused only when no peer could be sent to. */
	send(target: Target | undefined, bytes: Uint8Array): Refusal | undefined {
		if (this.server.state.type !== 'open') {
			return {reason: 'not-open'};
		}

		if (target === undefined || this.server.peers.size === 0) {
			return {reason: this.server.protocol === 'tcp' ? 'no-connection' : 'no-peer'};
		}

		if (bytes.length === 0 && this.server.protocol === 'tcp' && this.framing === 'none') {
			return {reason: 'empty-write'};
		}

		const numbers = target === 'all' ? [...this.server.peers.keys()] : [target];
		const refusals = numbers.map(number => this.#sendTo(number, bytes));
		return refusals.includes(undefined) ? undefined : refusals[0];
	}

	/** Send a saved message or begin a sequence. Settles when the first message has been sent, or refused. */
	async sendMessages(
		sequence: Sequence,
		counters: Map<string, number>,
		target = this.target,
	): Promise<Refusal | undefined> {
		const {server} = this;
		const isTarget = ({number}: {readonly number: number}): boolean => target === 'all' || number === target;
		const limits = server.protocol === 'tcp'
			? []
			: [...server.peers.values()]
				.filter(peer => isTarget(peer))
				.map(({address}) => largestDatagramTo(address.host));
		return this.messages.start(sequence, counters, {
			send: async bytes => this.send(target, bytes),
			generation: () => server.state,
			connections: () => server.protocol === 'tcp' ? [...server.peers.values()].filter(peer => isTarget(peer)) : [],
			limit: limits.length === 0 ? undefined : Math.min(...limits),
		});
	}

	#sendTo(number: PeerNumber, bytes: Uint8Array): Refusal | undefined {
		if (this.server.protocol === 'tcp' && this.files.isSending(this.server.peers.get(number))) {
			return {reason: 'file-under-way'};
		}

		const refusal = this.server.send(number, bytes);
		if (
			!refusal
			&& this.server.protocol === 'tcp'
			&& this.#closeAfterReply
			&& this.#kind.answers === 'person'
		) {
			this.server.peers.get(number)?.closeGracefully();
		}

		return refusal;
	}

	/** A chunk without a byte of its own, such as the beginning of a character, is no message. */
	#answerChunk(connection: TcpConnection, bytes: Uint8Array): void {
		if (bytes.length > 0) {
			this.#answer(connection.number, connection.peer, bytes, connection);
		}
	}

	/** Answer what a peer has sent: in TCP, over its connection. With a framing a message may be empty. */
	#answer(number: PeerNumber, address: Address, bytes: Uint8Array, connection?: TcpConnection): void {
		const {answers, reply} = this.#kind;
		if (answers === 'file') {
			this.#custom?.answer(number, address, bytes);
			return;
		}

		const message = reply?.(bytes, address, this.codec);
		if (!message) {
			return;
		}

		if (answers === 'others') {
			this.#sendToOthers(number, message);
			return;
		}

		this.#noteUnchanged(bytes, message);
		if (!connection) {
			this.server.send(number, message);
			return;
		}

		connection.writeMessage(message, true);
		if (this.#closeAfterReply) {
			connection.closeGracefully();
		}
	}

	/** An answer that is the message itself looks like an echo: say once why. */
	#noteUnchanged(bytes: Uint8Array, answer: Uint8Array): void {
		// Bytes are compared first: decoding each message would double the cost of an answer.
		const mayBe = this.#rule === 'uppercase' && !this.#hasNotedUnchanged && Buffer.compare(bytes, answer) === 0;
		if (mayBe && isCaseless(bytes, this.codec)) {
			this.#hasNotedUnchanged = true;
			this.track.happened({type: 'reply-unchanged'});
		}
	}

	/** The client has finished. A server that answers by itself closes then, as one does when recv() returns 0. */
	#answerEnd(connection: TcpConnection): void {
		this.#answerCarried(connection);
		const {answers} = this.#kind;
		if (answers === 'file' && this.#custom?.isAnswering(connection.number)) {
			this.#custom.closeWhenAnswered(connection.number);
		} else if (answers !== 'person') {
			connection.closeGracefully();
		}
	}

	/** Answer the beginning of a character whose rest does not come. */
	#answerCarried(connection: TcpConnection): void {
		const held = this.#carries.get(connection.number)?.flush();
		if (held) {
			this.#answerChunk(connection, held);
		}
	}

	/** The chunk with the character completed that the last one cut, less one that it cuts itself. */
	#wholeCharacters(number: PeerNumber, chunk: Uint8Array): Uint8Array {
		const before = this.#carries.get(number);
		const needsWhole = this.#kind.needsWholeCharacters;
		if (needsWhole && before?.codec === this.codec) {
			return before.take(chunk);
		}

		const held = before?.flush();
		const bytes = held && held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
		if (!needsWhole) {
			return bytes;
		}

		const carry = new CharacterCarry(this.codec);
		this.#carries.set(number, carry);
		return carry.take(bytes);
	}

	#sendToOthers(sender: PeerNumber, message: Uint8Array): void {
		for (const number of this.server.peers.keys()) {
			if (number !== sender) {
				this.server.send(number, message);
			}
		}
	}
}
