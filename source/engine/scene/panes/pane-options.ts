import type {Protocol, SocketOption} from '../../../log/event.ts';
import {isOptionOf, optionKinds, type SocketRole} from '../../../log/calls/socket-option.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import {
	noOptions, type OptionOutcome, type SocketOptions, withOption,
} from '../../../sockets/socket-options.ts';
import type {Refusal} from '../../api/command.ts';
import type {OptionsView} from '../../api/scene-view.ts';

/** A socket whose options can be set; those of TCP tell nothing of what became of it. */
export type Settable = {
	readonly setOption: (option: SocketOption) => OptionOutcome;
	readonly ownOptions?: Pick<OptionsView, 'granted' | 'failed' | 'addresses'>;
};

type PaneOptionsOptions = {
	readonly protocol: Protocol;
	readonly role: SocketRole;
	/** What the pane begins with; what its sockets cannot have is left out. */
	readonly options?: readonly SocketOption[] | undefined;
	readonly track: SocketTrack;
	readonly socket: () => Settable;
};

/** The options of a pane's sockets: a setting, which outlives each of them. */
export class PaneOptions {
	readonly #options: PaneOptionsOptions;
	#values: SocketOptions;

	constructor(options: PaneOptionsOptions) {
		const {protocol, role} = options;
		this.#options = options;
		this.#values = initialOptions(options.options ?? [], protocol, role);
	}

	get values(): SocketOptions {
		return this.#values;
	}

	get view(): OptionsView {
		const {granted = {}, failed = {}, addresses = {}} = this.#options.socket().ownOptions ?? {};
		return {
			...this.#values, granted, failed, addresses,
		};
	}

	/** Set an option of the open socket, and of those that follow. What the system refuses is not kept. */
	set(option: SocketOption): Refusal | undefined {
		const {protocol, role, track, socket} = this.#options;
		if (!isOptionOf(option.name, protocol, role)) {
			return {reason: 'no-such-option'};
		}

		const outcome = optionKinds[option.name].isForNext ? 'no-socket' : socket().setOption(option);
		if (outcome !== 'failed') {
			this.#values = withOption(this.#values, option);
		}

		if (outcome === 'no-socket') {
			track.happened({type: 'option-chosen', option});
		}

		return undefined;
	}
}

/** Those of these options that sockets of this protocol and role can have. */
export function initialOptions(
	options: readonly SocketOption[],
	protocol: Protocol,
	role: SocketRole,
): SocketOptions {
	let values = noOptions;
	for (const option of options) {
		values = isOptionOf(option.name, protocol, role) ? withOption(values, option) : values;
	}

	return values;
}
