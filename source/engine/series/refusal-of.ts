import type {Refusal, Series} from '../door/command.ts';
import type {Address} from '../events/event.ts';
import type {TcpClient} from '../sockets/tcp-client.ts';
import type {UdpClient} from '../sockets/udp-client.ts';

/** Why the first message of a series could not be sent now; undefined where it could. */
export function refusalOf({bytes}: Series, client: UdpClient | TcpClient, destination: Address | undefined): Refusal | undefined {
	if (client.protocol === 'udp') {
		return client.state.type === 'closed' ? {reason: 'not-open'} : (destination ? undefined : {reason: 'no-destination'});
	}

	if (client.state.type !== 'connected') {
		return {reason: 'not-open'};
	}

	return client.state.isFinishing ? {reason: 'sending-finished'} : (bytes?.length === 0 ? {reason: 'empty-write'} : undefined);
}
