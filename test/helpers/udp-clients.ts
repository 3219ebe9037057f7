import type {ExecutionContext} from 'ava';
import {defaultLimits} from '../../source/sockets/limits.ts';
import {UdpClient} from '../../source/sockets/udp/udp-client.ts';
import {EventRoom} from './event-room.ts';
import {perfectLink} from './perfect-link.ts';

/** A UDP client that has not sent yet, and is closed with the test. One that is connected gives its socket a peer. */
export function makeUdpClient(t: ExecutionContext, isConnected = false): {room: EventRoom; client: UdpClient} {
	const room = new EventRoom();
	const client = new UdpClient({
		newTrack: () => room.track(),
		limits: defaultLimits,
		link: perfectLink(),
		isConnected,
		awaitsAnswers: () => true,
		onChange() {
			room.look();
		},
	});
	t.teardown(async () => client.close());
	return {room, client};
}
