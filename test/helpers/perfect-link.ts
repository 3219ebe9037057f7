import {perfect} from '../../source/engine/sockets/link/conditions.ts';
import {Link} from '../../source/engine/sockets/link/link.ts';

/** A simulated link that does nothing, for a socket under test. */
export function perfectLink(): Link {
	return new Link({conditions: perfect, seed: 1});
}
