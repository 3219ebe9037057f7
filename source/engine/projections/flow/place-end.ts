import type {Address} from '../../events/event.ts';
import type {FarEnd} from './flow-draft.ts';
import {type FlowLaneId, isClientLane, serverLane} from './flow-scene.ts';
import type {OwnEnd, OwnEnds} from './own-ends.ts';
import {addressKey, peerLane} from './peer-address.ts';

/** Addresses that a socket has which is bound to all addresses of this machine. */
const wildcards = ['0.0.0.0', '::'];

/** Tells the lane of an end. */
export type EndPlacer = (end: FlowLaneId | FarEnd) => FlowLaneId;

/**
Make the function that tells which lane a far end is: one of ours where the two ends' addresses name each other, or where one of
them has been told of the other; else the lane of its address. Valid as long as no more events are met.
*/
export function endPlacer(ends: OwnEnds): EndPlacer {
	const clients = lanesBy(ends.all.filter(({lane}) => isClientLane(lane)), ({local}) => local);
	const connections = lanesBy(ends.all.filter(({lane}) => !isClientLane(lane) && lane !== serverLane), ({peer}) => peer);
	const farOf = (end: OwnEnd): FlowLaneId | undefined => {
		const isClient = isClientLane(end.lane);
		const address = isClient ? end.local : end.peer;
		return end.far ?? (address && onlyLane((isClient ? connections : clients).get(addressKey(address))));
	};

	return end => {
		if (typeof end === 'string') {
			return end;
		}

		const {type, address, seenFrom} = end;
		switch (type) {
			case 'socket': {
				return farOf(seenFrom) ?? peerLane(address);
			}

			case 'listener': {
				return farOf(seenFrom) !== undefined || keysOf(address).some(key => ends.serverAddresses.has(key)) ? serverLane : peerLane(address);
			}

			case 'address': {
				const keys = keysOf(address);
				return keys.some(key => ends.serverAddresses.has(key))
					? serverLane
					: keys.map(key => onlyLane(clients.get(key))).find(lane => lane !== undefined) ?? peerLane(address);
			}

			default: {
				return type satisfies never;
			}
		}
	};
}

/** Two clients that had the same port one after the other cannot be told apart by it. */
function onlyLane(lanes: ReadonlySet<FlowLaneId> | undefined): FlowLaneId | undefined {
	return lanes?.size === 1 ? [...lanes][0] : undefined;
}

function keysOf(address: Address): string[] {
	const {host, port} = address;
	const isLoopback = host.startsWith('127.') || host === '::1' || host.startsWith('::ffff:127.');
	return [addressKey(address), ...(isLoopback ? wildcards.map(wildcard => addressKey({host: wildcard, port})) : [])];
}

function lanesBy(ends: readonly OwnEnd[], addressOf: (end: OwnEnd) => Address | undefined): Map<string, Set<FlowLaneId>> {
	const lanes = new Map<string, Set<FlowLaneId>>();
	for (const end of ends) {
		const address = addressOf(end);
		if (address) {
			const key = addressKey(address);
			lanes.set(key, (lanes.get(key) ?? new Set()).add(end.lane));
		}
	}

	return lanes;
}
