import type {PaneId, Protocol, SocketOption} from '../../../log/event.ts';
import type {EventLog} from '../../../log/event-log.ts';
import {PaneIndex} from '../../../log/storage/pane-index.ts';
import type {SocketRole} from '../../../log/calls/socket-option.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import type {Link} from '../../../link/link.ts';
import type {LinkDirection} from '../../../link/random.ts';
import type {Limits} from '../../../sockets/limits.ts';
import {type Codec, codecOf} from '../../../text/encoding/codec.ts';
import type {Encoding} from '../../../text/encoding/encoding.ts';
import {canFrame, type Framing} from '../../../text/framing.ts';
import type {Refusal} from '../../api/command.ts';
import {PaneFiles} from '../files/pane-files.ts';
import {PaneMessages} from './pane-messages.ts';
import {PaneOptions, type Settable} from './pane-options.ts';

/** What a pane is made with. `pane` tells its events from those of all other panes. */
export type PaneSetup = {
	readonly pane: PaneId;
	readonly protocol: Protocol;
	readonly log: EventLog;
	readonly limits: Limits;
	readonly link: Link;
	readonly options?: readonly SocketOption[] | undefined;
	/** TCP: what marks messages in its streams at first; nothing unless given. */
	readonly framing?: Framing | undefined;
	/** The encoding of its text; UTF-8 where none is given. */
	readonly encoding?: Encoding | undefined;
	readonly onChange: () => void;
};

/** What every pane has: its events, and how their text is read. */
export abstract class Pane {
	readonly pane: PaneId;
	readonly protocol: Protocol;
	readonly index: PaneIndex;
	/** Records what is the pane's own. */
	protected readonly track: SocketTrack;
	protected readonly onChange: () => void;
	protected readonly log: EventLog;
	#codec: Codec;
	#framing: Framing;
	/** What the rows say of its text, where that may be another by now. */
	#told: {readonly encoding: Encoding; readonly framing: Framing} | undefined;
	readonly #tellBefore = (time: number): void => {
		this.tell(time);
	};

	/** @param own - gets the events of its own sockets, where `index` has others as well */
	constructor({pane, protocol, log, encoding, framing = 'none', onChange}: PaneSetup, index: PaneIndex, own = index) {
		this.pane = pane;
		this.protocol = protocol;
		this.index = index;
		this.track = log.track(pane, own, 0);
		this.onChange = onChange;
		this.log = log;
		this.#codec = codecOf(encoding);
		this.#framing = protocol === 'tcp' ? framing : 'none';
	}

	/** Where it is told what the link does to what its sockets send. Only a relay sends both ways. */
	linkTrack(_direction: LinkDirection): SocketTrack {
		return this.track;
	}

	/** The encoding of the text that it shows and takes; of a server, also of what its rules answer. */
	get encoding(): Encoding {
		return this.#codec.encoding;
	}

	protected get codec(): Codec {
		return this.#codec;
	}

	setEncoding(encoding: Encoding, isUntold = false): Refusal | undefined {
		if (!canFrame(this.#framing, encoding)) {
			return {reason: 'no-lines-of', encoding};
		}

		this.#change(isUntold, () => {
			this.#codec = codecOf(encoding);
		});
		return undefined;
	}

	get framing(): Framing {
		return this.#framing;
	}

	/**
	TCP: cut what is read from now on into messages in another way, and frame what is sent so.

	@param isUntold - a row says so only before the next event of the pane, or with `tell()`: of choices that a person
	steps through it tells the one that stays
	*/
	setFraming(framing: Framing, isUntold = false): Refusal | undefined {
		if (this.protocol === 'udp') {
			return {reason: 'udp-has-none'};
		}

		if (!canFrame(framing, this.encoding)) {
			return {reason: 'no-lines-of', encoding: this.encoding};
		}

		this.#change(isUntold, () => {
			this.reframe(framing);
		});
		return undefined;
	}

	/** Tell what was changed, where the rows do not say so yet. @param time - of the log's clock */
	tell(time?: number): void {
		const told = this.#told;
		this.#told = undefined;
		if (told && told.encoding !== this.encoding) {
			this.track.happened({type: 'encoding-changed', encoding: this.encoding}, time);
		}

		if (told && told.framing !== this.framing) {
			this.track.happened({type: 'framing-changed', framing: this.framing}, time);
		}
	}

	/** The framing is another one; its sockets get it from what overrides this. */
	protected reframe(framing: Framing): void {
		this.#framing = framing;
	}

	#change(isUntold: boolean, change: () => void): void {
		const {encoding, framing} = this;
		const told = this.#told ?? {encoding, framing};
		// What the change itself ends, such as a frame that is not whole, was read as before.
		this.#told = undefined;
		change();
		this.#told = told;
		if (isUntold) {
			this.index.beforeNext(this.#tellBefore);
		} else {
			this.tell();
		}

		this.onChange();
	}
}

/** A server's pane, or a client's: their options, files and saved messages. */
export abstract class SocketPane extends Pane {
	readonly files: PaneFiles;
	readonly messages: PaneMessages;
	readonly options: PaneOptions;

	/** @param socket - the one whose options are set */
	constructor(setup: PaneSetup, role: SocketRole, socket: () => Settable) {
		super(setup, new PaneIndex());
		const {protocol, log, options, onChange} = setup;
		const {track} = this;
		this.files = new PaneFiles({log, track, onChange});
		this.messages = new PaneMessages(track, onChange);
		this.options = new PaneOptions({
			protocol, role, options, track, socket,
		});
	}
}
