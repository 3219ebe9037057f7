/** A datagram on its way from one of our own sockets to another. */
export type Departure = {
	/** Which of the sender's writes it is. */
	readonly number: number;
	readonly length: number;
	/** Tells datagrams of one length apart. */
	readonly print: number;
	/** Where the log has it, once it has been recorded. */
	sequence: number | undefined;
	/** Which of the receiver's reads it was; 0 as long as it has not been read. */
	readAs: number;
};

/** More than this are not remembered; the kernel's buffers hold fewer. */
const most = 4096;

/** Bytes at either end of a payload that its print is made of. */
const printed = 32;

/**
The datagrams on their way from one socket of ours to another. They carry no numbers, but inside one machine they keep their order:
the oldest one with the bytes that arrived is the one that arrived, and those before it have been dropped.
*/
export class Flight {
	#underWay: Departure[] = [];
	/** Those before this place have arrived, or are lost. */
	#next = 0;
	#newestRead = 0;
	#overtaken = 0;

	/** The newest of the sender's writes that has arrived: those before it which have not are lost. */
	get newestRead(): number {
		return this.#newestRead;
	}

	/** How many have been overtaken, and are lost. */
	get overtaken(): number {
		return this.#overtaken;
	}

	/** A datagram is about to be handed to the system. */
	depart(number: number, bytes: Uint8Array): Departure {
		if (this.#next > most) {
			this.#underWay = this.#underWay.slice(this.#next);
			this.#next = 0;
		}

		if (this.#underWay.length - this.#next >= most) {
			this.#next++;
		}

		const departure: Departure = {
			number, length: bytes.length, print: printOf(bytes), sequence: undefined, readAs: 0,
		};
		this.#underWay.push(departure);
		return departure;
	}

	/** The system has not taken it after all. */
	cancel(departure: Departure): void {
		const place = this.#underWay.indexOf(departure, this.#next);
		if (place !== -1) {
			this.#underWay.splice(place, 1);
		}
	}

	/** A datagram has come: which one was it? Undefined for one that is not remembered. */
	arrive(bytes: Uint8Array, readAs: number): Departure | undefined {
		const print = printOf(bytes);
		for (let place = this.#next; place < this.#underWay.length; place++) {
			const departure = this.#underWay[place];
			if (departure.length === bytes.length && departure.print === print) {
				this.#overtaken += place - this.#next;
				this.#next = place + 1;
				this.#newestRead = departure.number;
				departure.readAs = readAs;
				if (this.#next === this.#underWay.length) {
					this.#underWay.length = 0;
					this.#next = 0;
				}

				return departure;
			}
		}

		return undefined;
	}
}

/** FNV-1a over both ends of a payload. */
function printOf(bytes: Uint8Array): number {
	const {length} = bytes;
	let print = 0x81_1C_9D_C5;
	for (let index = 0; index < Math.min(length, printed); index++) {
		print = Math.imul(print ^ bytes[index], 0x01_00_01_93);
	}

	for (let index = Math.max(printed, length - printed); index < length; index++) {
		print = Math.imul(print ^ bytes[index], 0x01_00_01_93);
	}

	return print;
}
