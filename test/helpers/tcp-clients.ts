import type {ExecutionContext} from 'ava';
import {defaultLimits} from '../../source/sockets/limits.ts';
import {TcpClient} from '../../source/sockets/tcp/tcp-client.ts';
import {EventRoom} from './event-room.ts';
import {perfectLink} from './perfect-link.ts';

/** A TCP client that has not connected yet, and is closed with the test. */
export function makeTcpClient(t: ExecutionContext): {room: EventRoom; client: TcpClient} {
	const room = new EventRoom();
	const client = new TcpClient({
		newTrack: () => room.track(),
		limits: defaultLimits,
		link: perfectLink(),
		awaitsAnswers: () => true,
		onChange() {
			room.look();
		},
	});
	t.teardown(async () => client.close());
	return {room, client};
}
