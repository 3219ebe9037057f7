import {formatAddress} from '../../../text/address.ts';
import {encodeUtf8} from '../../../text/utf8.ts';
import {visibleBytes} from '../../../text/visible.ts';
import type {Address} from '../../events/event.ts';
import {plainHost} from '../../events/plain-host.ts';
import type {FlowLaneId} from './flow-scene.ts';

const peerPrefix = 'peer:';

/** Columns that an address may take: `[2001:db8:1234:5678:9abc:def0:1234:5678]:65535` and a zone. */
const addressColumns = 60;

/** An address as it is compared: an IPv4 address that an IPv6 socket wrote (RFC 4291 section 2.5.5.2) counts as IPv4. */
export function addressKey({host, port}: Address): string {
	return `${plainHost(host)} ${port}`;
}

/** An address as text that is safe to draw: a host may be a name that somebody typed. */
export function addressText(address: Address): string {
	return visibleBytes(encodeUtf8(formatAddress(address)), addressColumns).text;
}

/** The lanes of addresses that have been asked for: the log shares one address among its events, which ask again for each. */
const peerLanes = new WeakMap<Address, FlowLaneId>();

/** The lane of an address where no socket of the playground is. */
export function peerLane(address: Address): FlowLaneId {
	const lane = peerLanes.get(address) ?? peerPrefix + addressText(address);
	peerLanes.set(address, lane);
	return lane;
}

/** The address that a lane stands for; undefined for a lane of the playground's own sockets. */
export function peerOfLane(lane: FlowLaneId): string | undefined {
	return lane.startsWith(peerPrefix) ? lane.slice(peerPrefix.length) : undefined;
}
