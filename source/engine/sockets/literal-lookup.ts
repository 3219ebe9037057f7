import {lookup, type LookupAddress} from 'node:dns';
import type {LookupFunction} from 'node:net';
import {familyOf} from './addresses.ts';

/**
A `lookup` for Node's sockets that answers an IP address at once. Node's own goes through getaddrinfo(3)'s
machinery for every datagram that is sent to a literal address.
*/
export const literalLookup: LookupFunction = (hostname, options, callback) => {
	const family = familyOf(hostname);
	if (family === 0) {
		// eslint-disable-next-line n/prefer-promises/dns -- Node's sockets take the callback form.
		lookup(hostname, options, callback);
		return;
	}

	const result: string | LookupAddress[] = options.all ? [{address: hostname, family}] : hostname;
	callback(null, result, family);
};
