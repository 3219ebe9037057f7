import type {Socket} from 'node:dgram';
import {networkInterfaces} from 'node:os';
import type {NumberOption, SocketFailure, SocketOption} from '../../log/event.ts';
import type {OptionName} from '../../log/calls/socket-option.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {familyOf, versionOf} from '../../text/address.ts';
import {toFailure} from '../failure.ts';
import {type OptionOutcome, optionsToSet, type SocketOptions} from '../socket-options.ts';
import {withZoneName} from '../zones.ts';

/** Sets the options of one UDP socket after the other, and records that. */
export class UdpOptions {
	readonly #options: () => SocketOptions;
	#granted: Partial<Record<NumberOption, number>> = {};
	#failed: Partial<Record<OptionName, string>> = {};
	#addresses: Partial<Record<string, string>> = {};
	/** The socket that is bound, and where its events are recorded. */
	#bound: {readonly socket: Socket; readonly track: SocketTrack} | undefined;

	/** @param options - those that a new socket gets */
	constructor(options: () => SocketOptions) {
		this.#options = options;
	}

	/** What the system has made of the sizes of buffers that it was asked for (socket(7)). */
	get granted(): Readonly<Partial<Record<NumberOption, number>>> {
		return this.#granted;
	}

	/** The options that the present socket does not have, since the system has refused them, and with which error. */
	get failed(): Readonly<Partial<Record<OptionName, string>>> {
		return this.#failed;
	}

	/** The IPv4 addresses by which interfaces were told, by their names. */
	get addresses(): Readonly<Partial<Record<string, string>>> {
		return this.#addresses;
	}

	/** The socket is closed: what the system has granted or refused is nothing of the next one. */
	forget(): void {
		this.#granted = {};
		this.#failed = {};
		this.#addresses = {};
		this.#bound = undefined;
	}

	/** A new socket is bound: it gets all options. */
	setAll(socket: Socket, track: SocketTrack): void {
		this.#bound = {socket, track};
		for (const option of optionsToSet(this.#options())) {
			this.set(option);
		}
	}

	/** Set an option, where a socket is bound. Without a value nothing is set: the system does not tell its own. */
	set(option: SocketOption): OptionOutcome {
		const isDefault = option.name === 'interface' ? option.interface === undefined : isWithoutValue(option);
		if (!this.#bound || isDefault) {
			return 'no-socket';
		}

		const {socket, track} = this.#bound;
		const family = versionOf(socket.address().address);
		const found = interfaceOf(option, family);
		const via = typeof found === 'string' ? found : undefined;
		const about = {option, family, ...(via !== undefined && {via})} as const;
		const failure = typeof found === 'object' ? found : call(socket, option, family, via);
		if (failure) {
			this.#failed = {...this.#failed, [option.name]: failure.code};
			track.happened({type: 'option-failed', ...about, failure});
			return 'failed';
		}

		if (via !== undefined && 'interface' in option && option.interface !== undefined) {
			this.#addresses = {...this.#addresses, [option.interface]: via};
		}

		const {[option.name]: _, ...failed} = this.#failed;
		this.#failed = failed;
		const granted = option.name === 'rcvbuf'
			? socket.getRecvBufferSize()
			: (option.name === 'sndbuf' ? socket.getSendBufferSize() : undefined);
		if (granted !== undefined) {
			this.#granted = {...this.#granted, [option.name]: granted};
		}

		track.happened({type: 'option-set', ...about, ...(granted !== undefined && {granted})});
		return 'set';
	}
}

/** Node's calls for options that are numbers. */
const setters: Readonly<Partial<Record<OptionName, (socket: Socket, value: number) => void>>> = {
	rcvbuf(socket, value) {
		socket.setRecvBufferSize(value);
	},
	sndbuf(socket, value) {
		socket.setSendBufferSize(value);
	},
	broadcast(socket, value) {
		socket.setBroadcast(value === 1);
	},
	ttl(socket, value) {
		socket.setTTL(value);
	},
	'multicast-ttl'(socket, value) {
		socket.setMulticastTTL(value);
	},
	loopback(socket, value) {
		socket.setMulticastLoopback(value === 1);
	},
};

/** @returns why the system, or Node, has refused it */
function call(socket: Socket, option: SocketOption, family: 4 | 6, via: string | undefined): SocketFailure | undefined {
	try {
		if ('group' in option) {
			const method = option.name === 'join' ? 'addMembership' : 'dropMembership';
			socket[method](option.group, asNode(via, familyOf(option.group)));
		} else if (option.name === 'interface') {
			socket.setMulticastInterface(asNode(via, family) ?? '');
		} else if ('value' in option) {
			setters[option.name]?.(socket, option.value ?? 0);
		}

		return undefined;
	} catch (error) {
		return toFailure(error);
	}
}

/** Whether an option that is a number has none. */
function isWithoutValue(option: SocketOption): boolean {
	return !('group' in option) && !('value' in option && option.value !== undefined);
}

/** The interface as Node takes it: over IPv6 as the zone of an address. */
function asNode(via: string | undefined, family: 0 | 4 | 6): string | undefined {
	return via !== undefined && family === 6 ? `::%${via}` : via;
}

/**
What names the interface that an option is for: its IPv4 address, over IPv6 its name; undefined where the system picks
it. A failure where there is no such interface: of an unknown name Node would make the one that the system picks.
*/
export function interfaceOf(option: SocketOption, socketFamily: 4 | 6): string | SocketFailure | undefined {
	const wanted = 'interface' in option ? option.interface : undefined;
	if (wanted === undefined) {
		return undefined;
	}

	const family = 'group' in option ? familyOf(option.group) : socketFamily;
	const name = withZoneName({host: `::%${wanted}`, port: 0})?.host.slice(3);
	if (family === 6) {
		return name ?? notFound(`no interface ${wanted}`);
	}

	if (familyOf(wanted) === 4) {
		return wanted;
	}

	const address = networkInterfaces()[name ?? wanted]?.find(({family: own}) => own === 'IPv4')?.address;
	return address ?? notFound(name === undefined ? `no interface ${wanted}` : `${name} has no IPv4 address`);
}

function notFound(message: string): SocketFailure {
	return {code: 'ENODEV', syscall: '', message};
}
