import type {Refusal, Target} from '../api/command.ts';
import type {Address, PaneId, SocketOption} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {PaneIndex} from '../../log/pane-index.ts';
import {kindOfRule, type ReplyRule} from '../../replies/reply-rule.ts';
import {isCaseless} from '../../replies/uppercase.ts';
import {CharacterCarry} from '../../replies/character-carry.ts';
import type {Link} from '../../link/link.ts';
import {canFrame, type Framing} from '../../text/framing.ts';
import type {Limits} from '../../sockets/limits.ts';
import type {SocketOptions} from '../../sockets/socket-options.ts';
import type {PeerNumber} from '../../sockets/states.ts';
import type {TcpConnection} from '../../sockets/tcp/tcp-connection.ts';
import {TcpServer} from '../../sockets/tcp/tcp-server.ts';
import type {UdpPeer} from '../../sockets/udp/udp-peers.ts';
import {UdpServer} from '../../sockets/udp/udp-server.ts';
import {type Codec, codecOf} from '../../text/codec.ts';
import {defaultEncoding, type Encoding} from '../../text/encoding.ts';
import type {RulesFile} from './rules-file.ts';
import {CustomAnswers} from './custom-answers.ts';
import {PaneFiles} from './files/pane-files.ts';
import {PaneMessages} from './messages/pane-messages.ts';
import {LinkNews} from './link-news.ts';
import {PaneOptions} from './pane-options.ts';

/** What a server's pane is made with: the address that the server is to bind, and how it answers to begin with. */
type ServerPaneOptions = {
	readonly pane: PaneId;
	readonly protocol: 'udp' | 'tcp';
	readonly log: EventLog;
	readonly limits: Limits;
	/** The simulated link of its scene. */
	readonly link: Link;
	readonly configured: Address;
	readonly rule: ReplyRule;
	readonly closeAfterReply: boolean;
	/** TCP: how its connections' bytes are cut into messages at first; not at all unless given. */
	readonly framing?: Framing | undefined;
	/** The encoding of its text; UTF-8 where none is given. */
	readonly encoding?: Encoding | undefined;
	/** The reply rules of one's own, where there are any. */
	readonly rulesFile?: RulesFile | undefined;
	/** What its sockets are made with. */
	readonly options?: readonly SocketOption[] | undefined;
	readonly onChange: () => void;
};

/** A server and its answers: by its rule, or as typed. */
export class ServerPane {
	readonly pane: PaneId;
	readonly index = new PaneIndex();
	readonly server: UdpServer | TcpServer;
	/** What it binds when it is opened. */
	configured: Address;
	/** Gives back what has kept the configured address free, before the server binds it. */
	beforeOpening: (() => Promise<void>) | undefined;
	readonly linkNews: LinkNews;
	readonly files: PaneFiles;
	readonly messages: PaneMessages;
	readonly options: PaneOptions;
	readonly #track: SocketTrack;
	readonly #onChange: () => void;
	#hasNotedUnchanged = false;
	readonly #custom: CustomAnswers | undefined;
	readonly #carries = new Map<PeerNumber, CharacterCarry>();
	#rule: ReplyRule;
	#closeAfterReply: boolean;
	#framing: Framing;
	#chosen: Target | undefined;
	#encoding: Encoding;
	#codec: Codec;

	constructor({
		pane, protocol, log, limits, link, configured, rule, closeAfterReply, framing = 'none', encoding = defaultEncoding,
		rulesFile, options, onChange,
	}: ServerPaneOptions) {
		this.pane = pane;
		this.configured = configured;
		this.#rule = rule;
		this.#closeAfterReply = closeAfterReply;
		this.#framing = framing;
		this.#encoding = encoding;
		this.#codec = codecOf(encoding);
		this.#onChange = onChange;
		const trackOf = (socket: number): SocketTrack => log.track(pane, this.index, socket);
		this.#track = trackOf(0);
		this.linkNews = new LinkNews(this.#track);
		this.#custom = rulesFile && new CustomAnswers(rulesFile, this.#track, this);
		this.files = new PaneFiles({log, track: this.#track, onChange});
		this.messages = new PaneMessages(this.#track, onChange);
		this.options = new PaneOptions({
			protocol, role: 'server', options, track: this.#track, socket: () => this.server,
		});
		const own = (): SocketOptions => this.options.values;
		if (protocol === 'udp') {
			this.server = new UdpServer({
				newTrack: () => trackOf(0),
				limits,
				link,
				options: own,
				onDatagram: (peer, bytes) => {
					this.#answerDatagram(peer, bytes);
				},
				onChange,
			});
		} else {
			this.server = new TcpServer({
				trackOf,
				limits,
				link,
				framing: () => this.#framing,
				options: own,
				onChunk: (connection, bytes) => {
					if (connection.framing === 'none') {
						this.#answerChunk(connection, bytes);
					}
				},
				onMessage: (connection, message) => {
					this.#answerMessage(connection, message);
				},
				onFinished: connection => {
					this.#answerEnd(connection);
				},
				closesToo: () => kindOfRule(this.#rule).answers !== 'person',
				onClosed: ({number}) => {
					this.#carries.delete(number);
					this.#custom?.forget(number);
				},
				onChange,
			});
		}
	}

	get rule(): ReplyRule {
		return this.#rule;
	}

	/** The path of the file with rules of one's own, where there is one. */
	get rulesFile(): string | undefined {
		return this.#custom?.file;
	}

	get closeAfterReply(): boolean {
		return this.#closeAfterReply;
	}

	get framing(): Framing {
		return this.#framing;
	}

	/** TCP: cut what every connection sends from now on into messages in another way, and frame answers so. */
	setFraming(framing: Framing): Refusal | undefined {
		if (this.server.protocol === 'udp') {
			return {reason: 'udp-has-none'};
		}

		if (!canFrame(framing, this.#encoding)) {
			return {reason: 'no-lines-of', encoding: this.#encoding};
		}

		for (const connection of this.server.peers.values()) {
			// Its other half will be read in another framing: what has come of a character is answered as it is.
			this.#answerCarried(connection);
		}

		this.#framing = framing;
		this.#track.happened({type: 'framing-changed', framing});
		for (const connection of this.server.peers.values()) {
			connection.setFraming(framing);
		}

		return undefined;
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

	/** Bind another address. Where that is taken, the socket that is open stays. */
	async move(address: Address): Promise<void> {
		const {state} = this.server;
		if (state.type !== 'open') {
			await this.server.close();
			this.configured = address;
			await this.open();
		} else if (await this.server.move(address)) {
			this.configured = address;
			this.#onChange();
		}
	}

	setRule(rule: ReplyRule): void {
		this.#rule = rule;
		this.#hasNotedUnchanged = false;
		this.#track.happened({type: 'rule-changed', rule});
	}

	/** The encoding of the text that its pane shows and takes, and that its rules answer. */
	get encoding(): Encoding {
		return this.#encoding;
	}

	setEncoding(encoding: Encoding): Refusal | undefined {
		if (!canFrame(this.#framing, encoding)) {
			return {reason: 'no-lines-of', encoding};
		}

		this.#encoding = encoding;
		this.#codec = codecOf(encoding);
		this.#onChange();
		return undefined;
	}

	setCloseAfterReply(closeAfterReply: boolean): void {
		this.#closeAfterReply = closeAfterReply;
		this.#track.happened({type: 'closing-changed', closeAfterReply});
	}

	/** Step to the next or previous target; after the last peer comes `all`. */
	choose(step: 1 | -1): void {
		const targets: Target[] = [...this.server.peers.keys(), 'all'];
		const current = this.target;
		if (current !== undefined) {
			this.#chosen = targets[(targets.indexOf(current) + step + targets.length) % targets.length];
			this.#onChange();
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

		if (bytes.length === 0 && this.server.protocol === 'tcp' && this.#framing === 'none') {
			return {reason: 'empty-write'};
		}

		if (target !== 'all') {
			return this.#sendTo(target, bytes);
		}

		let refusal: Refusal | undefined;
		let wasSent = false;
		for (const number of this.server.peers.keys()) {
			const refused = this.#sendTo(number, bytes);
			wasSent ||= refused === undefined;
			refusal ??= refused;
		}

		return wasSent ? undefined : refusal;
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
			&& kindOfRule(this.#rule).answers === 'person'
		) {
			this.server.peers.get(number)?.closeGracefully();
		}

		return refusal;
	}

	#answerDatagram(peer: UdpPeer, bytes: Uint8Array): void {
		const {answers, reply} = kindOfRule(this.#rule);
		if (answers === 'file') {
			this.#custom?.answer(peer.number, peer.address, bytes);
			return;
		}

		const message = reply?.(bytes, peer.address, this.#codec);
		if (message && answers === 'others') {
			this.#sendToOthers(peer.number, message);
		} else if (message) {
			this.#noteUnchanged(bytes, message);
			this.server.send(peer.number, message);
		}
	}

	#answerChunk(connection: TcpConnection, chunk: Uint8Array): void {
		const bytes = this.#wholeCharacters(connection.number, chunk);
		this.#answerBytes(connection, bytes);
	}

	#answerBytes(connection: TcpConnection, bytes: Uint8Array): void {
		if (bytes.length > 0) {
			this.#answerMessage(connection, bytes);
		}
	}

	/** With a framing a message may be empty. */
	#answerMessage(connection: TcpConnection, bytes: Uint8Array): void {
		const {answers, reply} = kindOfRule(this.#rule);
		if (answers === 'file') {
			this.#custom?.answer(connection.number, connection.peer, bytes);
			return;
		}

		const message = reply?.(bytes, connection.peer, this.#codec);
		if (message && answers === 'others') {
			this.#sendToOthers(connection.number, message);
		} else if (message) {
			this.#noteUnchanged(bytes, message);
			connection.writeMessage(message, true);
			if (this.#closeAfterReply) {
				connection.closeGracefully();
			}
		}
	}

	/** An answer that is the message itself looks like an echo: say once why. */
	#noteUnchanged(bytes: Uint8Array, answer: Uint8Array): void {
		// Bytes are compared first: decoding each message would double the cost of an answer.
		const mayBe = this.#rule === 'uppercase' && !this.#hasNotedUnchanged && Buffer.compare(bytes, answer) === 0;
		if (mayBe && isCaseless(bytes, this.#codec)) {
			this.#hasNotedUnchanged = true;
			this.#track.happened({type: 'reply-unchanged'});
		}
	}

	/** The client has finished. A server that answers by itself closes then, as one does when recv() returns 0. */
	#answerEnd(connection: TcpConnection): void {
		this.#answerCarried(connection);
		const {answers} = kindOfRule(this.#rule);
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
			this.#answerBytes(connection, held);
		}
	}

	/** The chunk with the character completed that the last one cut, less one that it cuts itself. */
	#wholeCharacters(number: PeerNumber, chunk: Uint8Array): Uint8Array {
		const before = this.#carries.get(number);
		const needsWhole = kindOfRule(this.#rule).needsWholeCharacters;
		if (needsWhole && before?.codec === this.#codec) {
			return before.take(chunk);
		}

		const held = before?.flush();
		const bytes = held && held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
		if (!needsWhole) {
			return bytes;
		}

		const carry = new CharacterCarry(this.#codec);
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
