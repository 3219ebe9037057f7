import {perfect} from '../../source/link/conditions.ts';
import {Link} from '../../source/link/link.ts';

/** A simulated link that does nothing, for a socket under test. */
export function perfectLink(): Link {
	return new Link({conditions: perfect, seed: 1});
}
