import type {Address} from '../../../log/event.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import {bytesOfAnswer, type RulePeer, slowAnswer} from '../../../replies/custom-rule.ts';
import {isRuleTable} from '../../../replies/reply-rule.ts';
import type {PeerNumber} from '../../../sockets/states.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import type {TcpServer} from '../../../sockets/tcp/tcp-server.ts';
import type {UdpServer} from '../../../sockets/udp/udp-server.ts';
import {codecOf} from '../../../text/encoding/codec.ts';
import type {Encoding} from '../../../text/encoding/encoding.ts';
import {formatAddress} from '../../../text/address.ts';
import {formatBytes} from '../../../text/quantities.ts';
import {type Fault, FaultError, saidText} from '../../../text/files/file-problem.ts';
import type {RulesFile, RulesNews, RulesUser} from '../rules-file.ts';
import {mostQueued, TurnQueue} from './turn-queue.ts';

type Answering = {
	readonly server: UdpServer | TcpServer;
	readonly closeAfterReply: boolean;
	readonly encoding: Encoding;
};

/** A rule's peer, which is also sent what the rule returns: that is checked when it is sent. */
type Peer = RulePeer & {readonly send: (answer: unknown) => void};

/** Answers of one connection that are still to come. */
type Pending = {count: number; isFinished: boolean};

/** Answers by the rules of a file. What such a rule throws, or leaves out, is a row, and never ends anything. */
export class CustomAnswers {
	readonly #rules: RulesFile;
	readonly #track: SocketTrack;
	readonly #answering: Answering;
	readonly #pending = new Map<PeerNumber, Pending>();
	/** What a rule does to its peers. */
	readonly #acts = new TurnQueue();
	/** Whether a row has said that the queue is full, since it was empty. */
	#isFull = false;

	readonly #late = new LateAnswers(() => !this.#acts.isEmpty, (peer, reason, count) => {
		this.#failed(peer, 'late', ['said', reason], count);
	});

	/** The connections that it will close, or reset. */
	readonly #ending = {close: new Set<PeerNumber>(), reset: new Set<PeerNumber>()};
	readonly #user: RulesUser;

	constructor(rules: RulesFile, track: SocketTrack, answering: Answering) {
		this.#rules = rules;
		this.#track = track;
		this.#answering = answering;
		this.#user = {
			get codec() {
				return codecOf(answering.encoding);
			},
			onNews: news => {
				this.#tell(news);
			},
			onPrinted(text) {
				track.happened({type: 'rule-printed', text});
			},
			onFault: error => {
				this.#failed(undefined, 'thrown', thrown(error));
			},
		};
		rules.subscribe(this.#user);
		if (rules.news) {
			this.#tell(rules.news);
		}
	}

	get file(): string {
		return this.#rules.file;
	}

	/** Have the rule answer what a peer has sent. Without a usable rule nothing is answered. */
	answer(number: PeerNumber, address: Address, bytes: Uint8Array): void {
		const peer = this.#peerOf(number, address);
		try {
			// A copy: the rule may keep it, and the bytes may be a part of Node's buffer of many reads.
			const answer = this.#rules.answer(this.#user, Uint8Array.from(bytes), peer);
			if (isPromise(answer)) {
				void this.#later(number, address, answer, peer);
			} else {
				peer.send(answer);
			}
		} catch (error) {
			this.#failed(address, 'thrown', thrown(error));
		}
	}

	isAnswering(number: PeerNumber): boolean {
		return this.#pending.has(number) || !this.#acts.isEmpty;
	}

	/** The peer has finished: close its connection after the answers that are still to come. */
	closeWhenAnswered(number: PeerNumber): void {
		const pending = this.#pending.get(number);
		if (pending) {
			pending.isFinished = true;
		} else {
			this.#end('close', number);
		}
	}

	forget(number: PeerNumber): void {
		this.#pending.delete(number);
	}

	/** The server is closed: tell what is not told yet. */
	closed(): void {
		this.#late.tellAll();
	}

	#tell({file, ...news}: RulesNews): void {
		this.#track.happened(news.isUsable
			? {type: 'rules-loaded', file, entries: news.entries}
			: {
				type: 'rules-rejected', file, problems: news.problems, isKept: news.isKept,
			});
	}

	async #later(number: PeerNumber, address: Address, promise: Promise<unknown>, peer: Peer): Promise<void> {
		const pending = this.#pending.get(number) ?? {count: 0, isFinished: false};
		pending.count++;
		this.#pending.set(number, pending);
		// A table's delays are meant.
		const timer = isRuleTable(this.#rules.file)
			? undefined
			: setTimeout(() => {
				this.#failed(address, 'slow', ['said', `${slowAnswer / 1000} s`]);
			}, slowAnswer).unref();
		try {
			peer.send(await promise);
		} catch (error) {
			this.#failed(address, 'thrown', thrown(error));
		} finally {
			clearTimeout(timer);
			this.#settled(number);
		}
	}

	#settled(number: PeerNumber): void {
		const pending = this.#pending.get(number);
		if (pending && --pending.count === 0) {
			this.#pending.delete(number);
			if (pending.isFinished) {
				this.#end('close', number);
			}
		}
	}

	#peerOf(number: PeerNumber, address: Address): Peer {
		const {server} = this.#answering;
		const bytesOf = (answer: unknown): Uint8Array | undefined =>
			bytesOfAnswer(answer, codecOf(this.#answering.encoding));
		const send = (to: PeerNumber, at: Address, message: Uint8Array): void => {
			if (server.state.type !== 'open') {
				this.#acts.clear();
				this.#ending.close.clear();
				this.#ending.reset.clear();
			}

			const connection = this.#connection(to);
			const refusal = connection ? connection.writeMessage(message, true) : server.send(to, message);
			if (refusal && refusal.reason !== 'too-much-waiting' && refusal.reason !== 'larger-than-frame') {
				this.#late.add(at, refusal.reason);
			} else if (this.#answering.closeAfterReply && to === number) {
				connection?.closeGracefully();
			}
		};

		const sendInTurn = (to: PeerNumber, at: Address, message: Uint8Array): void => {
			const hasRoom = this.#acts.add(() => {
				send(to, at, message);
			}, message.length);
			if (!hasRoom && !this.#isFull) {
				this.#failed(address, 'full', ['said', formatBytes(mostQueued)]);
			}

			this.#isFull = !this.#acts.isEmpty && (this.#isFull || !hasRoom);
		};

		const isFramed = (): boolean => (this.#connection(number)?.framing ?? 'none') !== 'none';
		return {
			protocol: server.protocol,
			address: {...address},
			encoding: this.#answering.encoding,
			send(answer: unknown) {
				const bytes = bytesOf(answer);
				// An empty write is nothing in a byte stream, and an empty datagram, or message with a framing.
				if (bytes && (bytes.length > 0 || server.protocol === 'udp' || isFramed())) {
					sendInTurn(number, address, bytes);
				}
			},
			sendToOthers(message) {
				const bytes = bytesOf(message);
				for (const [other, at] of bytes ? [...server.peers] : []) {
					if (other !== number) {
						sendInTurn(other, 'peer' in at ? at.peer : at.address, bytes!);
					}
				}
			},
			close: () => {
				this.#end('close', number);
			},
			reset: () => {
				this.#end('reset', number);
			},
		};
	}

	/** Close or reset a connection behind what the rule has sent, however much that is. */
	#end(how: 'close' | 'reset', number: PeerNumber): void {
		if (this.#ending[how].has(number)) {
			return;
		}

		this.#ending[how].add(number);
		this.#acts.addLast(() => {
			this.#ending[how].delete(number);
			const connection = this.#connection(number);
			if (how === 'close') {
				connection?.closeGracefully();
			} else {
				connection?.reset();
			}
		});
	}

	#connection(number: PeerNumber): TcpConnection | undefined {
		const {server} = this.#answering;
		return server.protocol === 'tcp' ? server.peers.get(number) : undefined;
	}

	#failed(peer: Address | undefined, cause: 'thrown' | 'slow' | 'late' | 'full', fault: Fault, count = 1): void {
		this.#track.happened({
			type: 'rule-failed', ...(peer && {peer}), cause, fault, ...(count > 1 && {count}),
		});
	}
}

/** How long answers to one peer are counted before another row tells of them, in milliseconds. */
const countingTime = 1000;

type LateOfPeer = {
	readonly peer: Address;
	readonly reason: string;
	count: number;
	/** When the first of them came, by `performance.now()`. */
	readonly since: number;
	/** Before this, no other row tells of that peer. */
	rest: NodeJS.Timeout | undefined;
};

/** Counts answers that were not sent, as their peer is gone: it may leave behind thousands, which are one row. */
class LateAnswers {
	readonly #peers = new Map<string, LateOfPeer>();
	readonly #isBusy: () => boolean;
	readonly #tell: (peer: Address, reason: string, count: number) => void;

	/** @param isBusy - whether more of them may come in this turn of the event loop, or the next */
	constructor(isBusy: () => boolean, tell: (peer: Address, reason: string, count: number) => void) {
		this.#isBusy = isBusy;
		this.#tell = tell;
	}

	add(peer: Address, reason: string): void {
		const key = `${reason} ${formatAddress(peer)}`;
		const known = this.#peers.get(key);
		if (known) {
			known.count++;
			return;
		}

		const late = {
			peer, reason, count: 1, since: performance.now(), rest: undefined,
		};
		this.#peers.set(key, late);
		this.#tellSoon(key, late);
	}

	tellAll(): void {
		for (const late of this.#peers.values()) {
			clearTimeout(late.rest);
			this.#tellOf(late);
		}

		this.#peers.clear();
	}

	#tellSoon(key: string, late: LateOfPeer): void {
		setImmediate(() => {
			if (this.#isBusy() && performance.now() - late.since < countingTime) {
				this.#tellSoon(key, late);
			} else {
				this.#tellAndRest(key, late);
			}
		});
	}

	#tellAndRest(key: string, late: LateOfPeer): void {
		this.#tellOf(late);
		late.rest = setTimeout(() => {
			if (late.count === 0) {
				this.#peers.delete(key);
			} else {
				this.#tellAndRest(key, late);
			}
		}, countingTime).unref();
	}

	#tellOf(late: LateOfPeer): void {
		const {peer, reason, count} = late;
		late.count = 0;
		if (count > 0) {
			this.#tell(peer, reason, count);
		}
	}
}

function thrown(error: unknown): Fault {
	return error instanceof FaultError ? error.fault : ['said', saidText(error)];
}

function isPromise(value: unknown): value is Promise<unknown> {
	return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
