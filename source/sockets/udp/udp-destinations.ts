import type {Address} from '../../log/event.ts';
import {farEndAt, type SocketTrack} from '../../log/socket-track.ts';
import {otherSourceFlag, thirdPartyFlag} from '../../log/storage/hot-codes.ts';
import {isSameAddress} from '../../text/address.ts';
import {RoundTrips} from '../round-trips.ts';
import {isAnswerFrom} from '../zones.ts';
import {Overtaking} from './overtaking.ts';
import type {Addressee} from './udp-sender.ts';

/** An address that a client's socket has sent to, and what is awaited from it. */
export type Destination = Addressee & {readonly roundTrips: RoundTrips};

/** How many of them are remembered. */
const most = 64;

/** The addresses that a UDP client's socket has sent to: they tell answers from strangers' datagrams. */
export class UdpDestinations {
	/** The latest first. */
	#all: readonly Destination[] = [];

	/** A datagram is about to be sent to this address. */
	sendingTo(address: Address): Destination {
		const [last] = this.#all;
		const known = last && isSameAddress(last.address, address)
			? last
			: this.#all.find(destination => isSameAddress(destination.address, address)) ?? {
				address,
				roundTrips: new RoundTrips(),
				far: farEndAt(address),
				overtaking: new Overtaking(),
				look: undefined,
			};
		if (known !== last) {
			this.#all = [known, ...this.#all.filter(destination => destination !== known)].slice(0, most);
		}

		return known;
	}

	/** Record a datagram that has come: an answer, timed where that can be, or a stranger's. */
	received(from: Address, bytes: Uint8Array, track: SocketTrack): void {
		const time = track.now();
		const known = this.#all.find(({address}) => isAnswerFrom(from, address));
		const far = track.farEnd(known?.far ?? farEndAt(from));
		if (known) {
			known.far = far;
			track.datagramReceived(far, bytes, known.roundTrips, 0, time);
			return;
		}

		// A server that is bound to a wildcard address answers from whichever of them the system picks.
		const asked = far.socket && this.#all.find(destination => track.farEnd(destination.far).socket === far.socket);
		track.datagramReceived(far, bytes, asked?.roundTrips, asked ? otherSourceFlag : thirdPartyFlag, time);
	}

	/** The socket is closed: nothing is awaited any longer. */
	clear(): void {
		this.#all = [];
	}
}
