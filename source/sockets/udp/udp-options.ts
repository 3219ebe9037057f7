import type {Socket} from 'node:dgram';
import {networkInterfaces} from 'node:os';
import type {NumberOption, SocketFailure, SocketOption} from '../../log/event.ts';
import type {OptionName} from '../../log/calls/socket-option.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {familyOf} from '../../text/address.ts';
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
		const family = familyOf(socket.address().address) === 6 ? 6 : 4;
		const found = interfaceOf(option, family);
		const via = typeof found === 'string' ? found : undefined;
		const about = {option, family, ...(via !== undefined && {via})} as const;
		const failure = typeof found === 'object' ? found : this.#call(socket, option, family, via);
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
		const granted = 'value' in option ? this.#granted[option.name] : undefined;
		track.happened({type: 'option-set', ...about, ...(granted !== undefined && {granted})});
		return 'set';
	}

	#call(socket: Socket, option: SocketOption, family: 4 | 6, via: string | undefined): SocketFailure | undefined {
		try {
			this.#callNode(socket, option, family, via);
			return undefined;
		} catch (error) {
			return toFailure(error);
		}
	}

	#callNode(socket: Socket, option: SocketOption, family: 4 | 6, via: string | undefined): void {
		switch (option.name) {
			case 'join': {
				socket.addMembership(option.group, asNode(via, familyOf(option.group)));
				return;
			}

			case 'leave': {
				socket.dropMembership(option.group, asNode(via, familyOf(option.group)));
				return;
			}

			case 'interface': {
				socket.setMulticastInterface(asNode(via, family) ?? '');
				return;
			}

			case 'rcvbuf':
			case 'sndbuf': {
				const {name, value = 0} = option;
				if (name === 'rcvbuf') {
					socket.setRecvBufferSize(value);
				} else {
					socket.setSendBufferSize(value);
				}

				const granted = name === 'rcvbuf' ? socket.getRecvBufferSize() : socket.getSendBufferSize();
				this.#granted = {...this.#granted, [name]: granted};
				return;
			}

			case 'broadcast': {
				socket.setBroadcast(option.value === 1);
				return;
			}

			case 'ttl': {
				socket.setTTL(option.value ?? 0);
				return;
			}

			case 'multicast-ttl': {
				socket.setMulticastTTL(option.value ?? 0);
				return;
			}

			case 'loopback': {
				socket.setMulticastLoopback(option.value === 1);
				return;
			}

			default: {
				throw new Error(`UDP has no option ${option.name}`);
			}
		}
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
