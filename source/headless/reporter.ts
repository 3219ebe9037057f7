import type {LogEntry} from '../log/amendment.ts';
import type {SocketEvent} from '../log/event.ts';
import {kindOf} from '../log/event-kinds.ts';
import {formatAddress} from '../text/address.ts';
import {
	type Codec, type Reading, readingOf, StreamReading, utf8Codec,
} from '../text/encoding/codec.ts';
import {
	amendmentBody, type Done, eventBody, formatLine, type LineBody, type Ready,
} from './json-line.ts';
import type {Output} from './output.ts';
import {type PlainContext, plainLine} from './plain-line.ts';

/** Tells what happens, in the order in which the log has it. */
export type Reporter = {
	/** The sockets can be used. Until then events are kept: this comes first. */
	readonly ready: (ready: Ready) => void;
	readonly entry: (entry: LogEntry) => void;
	/** The end. Nothing follows it. */
	readonly done: (done: Done) => void;
};

/** What a reporter writes to, and the times of its lines. */
type ReporterOptions = {
	readonly output: Output;
	/** The wall clock's time, in milliseconds since the epoch, of a time of the log; of now where none is given. */
	readonly wallTime: (time?: number) => number;
	/** What payloads are read in. */
	readonly codec?: Codec;
};

/** Writes lines as they come, but keeps them until they are released for the first time. */
class Lines<Line> {
	readonly write: (line: Line) => void;
	#early: Line[] | undefined = [];

	constructor(write: (line: Line) => void) {
		this.write = write;
	}

	/** The last that is kept. */
	get last(): Line | undefined {
		return this.#early?.at(-1);
	}

	add(line: Line): void {
		if (this.#early) {
			this.#early.push(line);
		} else {
			this.write(line);
		}
	}

	release(): void {
		for (const line of this.#early ?? []) {
			this.write(line);
		}

		this.#early = undefined;
	}
}

/** Reports in JSON lines (docs/events.md). */
export function jsonReporter({output, wallTime, codec}: ReporterOptions): Reporter {
	const readings = new Readings(codec);
	let sequence = 0;
	const lines = new Lines(([time, body]: readonly [number, LineBody]) => {
		output.write(formatLine(time, sequence++, body));
	});
	return {
		ready(ready) {
			// What has made it so is the last that was kept.
			const [time = wallTime()] = lines.last ?? [];
			lines.write([time, {type: 'ready', ...ready}]);
			lines.release();
		},
		entry(entry) {
			switch (entry.type) {
				case 'event': {
					lines.add([wallTime(entry.event.time), eventBody(entry.event, readings.of(entry.event))]);
					break;
				}

				case 'amendment': {
					lines.add([wallTime(), amendmentBody(entry.amendment)]);
					break;
				}

				case 'gap': {
					readings.forget();
					lines.add([wallTime(), {type: 'gap', missed: entry.missed}]);
					break;
				}

				default: {
					entry satisfies never;
				}
			}
		},
		done(done) {
			lines.release();
			lines.write([wallTime(), {type: 'done', ...done}]);
		},
	};
}

/**
Reports in lines of text, one for each event: the first is the address that was bound, such as `udp 127.0.0.1:41234`.

@param isTold - whether an event has a line
*/
export function plainReporter(
	{output, wallTime, codec}: ReporterOptions,
	context: PlainContext,
	isTold: (event: SocketEvent) => boolean,
): Reporter {
	const readings = new Readings(codec);
	const lines = new Lines((line: string) => {
		output.write(`${line}\n`);
	});
	return {
		ready({protocol, local, peer}) {
			lines.write(`${protocol} ${formatAddress(local)}${peer ? ` → ${formatAddress(peer)}` : ''}`);
			lines.release();
		},
		entry(entry) {
			if (entry.type === 'gap') {
				readings.forget();
				lines.add(context.words.headless.linesMissing(entry.missed));
			} else if (entry.type === 'event') {
				const reading = readings.of(entry.event);
				if (isTold(entry.event)) {
					lines.add(plainLine(entry.event, wallTime(entry.event.time), context, reading));
				}
			}
		},
		done() {
			lines.release();
		},
	};
}

function keyOf({pane, socket}: SocketEvent, isSent: boolean): string {
	return `${pane} ${socket} ${isSent}`;
}

/** How payloads are read, each stream from its beginning on: a chunk may begin inside a character. */
class Readings {
	readonly #codec: Codec;
	readonly #streams = new Map<string, StreamReading>();

	constructor(codec: Codec = utf8Codec) {
		this.#codec = codec;
	}

	of(event: SocketEvent): Reading {
		const {data, stage} = kindOf(event.type);
		if (stage === 'closed') {
			this.#streams.delete(keyOf(event, true));
			this.#streams.delete(keyOf(event, false));
		}

		if (this.#codec === utf8Codec || data?.unit !== 'chunk' || !('bytes' in event) || !('offset' in event)) {
			return readingOf(this.#codec);
		}

		const key = keyOf(event, data.isSent);
		const stream = event.offset === 0 ? undefined : this.#streams.get(key);
		const reading = stream ?? new StreamReading(this.#codec);
		this.#streams.set(key, reading);
		return reading.next(event.bytes);
	}

	/** What came before is not known. */
	forget(): void {
		this.#streams.clear();
	}
}

export const silentReporter: Reporter = {
	ready: () => undefined, entry: () => undefined, done: () => undefined,
};
