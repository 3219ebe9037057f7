/* What a server's pane and a client's have in common. */
import type {PaneId, Protocol, SocketOption} from '../../../log/event.ts';
import type {EventLog} from '../../../log/event-log.ts';
import {PaneIndex} from '../../../log/pane-index.ts';
import type {SocketRole} from '../../../log/socket-option.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import type {Link} from '../../../link/link.ts';
import type {Limits} from '../../../sockets/limits.ts';
import {type Codec, codecOf} from '../../../text/codec.ts';
import {defaultEncoding, type Encoding} from '../../../text/encoding.ts';
import {canFrame, type Framing} from '../../../text/framing.ts';
import type {Refusal} from '../../api/command.ts';
import {PaneFiles} from '../files/pane-files.ts';
import {LinkNews} from './link-news.ts';
import {PaneMessages} from './pane-messages.ts';
import {PaneOptions, type Settable} from './pane-options.ts';

/** What a pane is made with. `pane` tells its events from those of all other panes. */
export type PaneSetup = {
	readonly pane: PaneId;
	readonly protocol: Protocol;
	readonly log: EventLog;
	readonly limits: Limits;
	/** The simulated link of its scene. */
	readonly link: Link;
	/** What its sockets are made with. */
	readonly options?: readonly SocketOption[] | undefined;
	/** TCP: how what it reads is cut into messages at first; not at all unless given. */
	readonly framing?: Framing | undefined;
	/** The encoding of its text; UTF-8 where none is given. */
	readonly encoding?: Encoding | undefined;
	readonly onChange: () => void;
};

/** A pane with sockets of one role: their events and options, its text, files and saved messages. */
export abstract class SocketPane {
	readonly pane: PaneId;
	readonly index = new PaneIndex();
	readonly linkNews: LinkNews;
	readonly files: PaneFiles;
	readonly messages: PaneMessages;
	readonly options: PaneOptions;
	/** Records what is the pane's own. */
	protected readonly track: SocketTrack;
	protected readonly onChange: () => void;
	protected codec: Codec;

	/** @param socket - the one whose options are set */
	constructor(setup: PaneSetup, role: SocketRole, socket: () => Settable) {
		const {pane, protocol, log, options, encoding = defaultEncoding, onChange} = setup;
		this.pane = pane;
		this.onChange = onChange;
		this.codec = codecOf(encoding);
		const track = log.track(pane, this.index, 0);
		this.track = track;
		this.linkNews = new LinkNews(track);
		this.files = new PaneFiles({log, track, onChange});
		this.messages = new PaneMessages(track, onChange);
		this.options = new PaneOptions({
			protocol, role, options, track, socket,
		});
	}

	/** The encoding of the text that it shows and takes; of a server, also of what its rules answer. */
	get encoding(): Encoding {
		return this.codec.encoding;
	}

	setEncoding(encoding: Encoding): Refusal | undefined {
		if (!canFrame(this.framing, encoding)) {
			return {reason: 'no-lines-of', encoding};
		}

		if (encoding !== this.encoding) {
			this.track.happened({type: 'encoding-changed', encoding});
		}

		this.codec = codecOf(encoding);
		this.onChange();
		return undefined;
	}

	/** TCP: how what is read is cut into messages. */
	abstract get framing(): Framing;
}
