import type {OptionsView} from '../../../engine/api/scene-view.ts';
import type {Call} from '../../../log/calls/calls.ts';
import type {NumberOption, SocketOption} from '../../../log/event.ts';
import {optionCalls} from '../../../log/calls/option-calls.ts';
import {
	formatOption, isOptionOf, type OptionName, optionKinds, parseOption,
} from '../../../log/calls/socket-option.ts';
import {anyHosts, formatAddress} from '../../../text/address.ts';
import {executed, type Update} from '../../input/update.ts';
import {formatBytes} from '../../../text/numbers.ts';
import type {SettingName} from '../modes.ts';
import type {Setting, SettingPlace} from './setting.ts';

export const optionSettings: readonly Setting[] = [
	{
		...optionSetting('source-address', 'source'),
		value: place => sourceText(place),
		prompt: {
			hint: ({words}) => words.settings.hints['source-address'] ?? '',
			submit(place, typed) {
				// A port alone is one of the version of IP that is sent with.
				const anyHost = place.client?.destination?.host.includes(':') ? '[::]:' : '0.0.0.0:';
				return submitted(place, 'source-address', 'source', typed.replace(/^:(?=\d+$)/, anyHost));
			},
		},
	},
	numberSetting('listen-backlog', 'backlog'),
	switchSetting('may-broadcast', 'broadcast', 0),
	numberSetting('ip-ttl', 'ttl'),
	{
		...optionSetting('multicast-group', 'join'),
		value({words, ...place}) {
			const groups = optionsOf(place).groups.map(group => formatOption({name: 'join', ...group}));
			return groups.length > 1 ? words.settings.groups(groups.length) : groups[0] ?? words.settings.none;
		},
		calls: place => optionsOf(place).groups.flatMap(group => callsOf(place, {name: 'join', ...group})),
		aside(place) {
			const {groups} = optionsOf(place);
			const {client, scene: {server}, words: {settings}} = place;
			const host = !client && server?.state.type === 'open' ? server.state.local.host : undefined;
			const heard = [...anyHosts, ...groups.map(({group}) => group)];
			const isElsewhere = groups.length > 0 && host !== undefined && !heard.includes(host);
			return [
				...(groups.length > 1 ? [groups.map(group => formatOption({name: 'join', ...group})).join(', ')] : []),
				...(isElsewhere ? [settings.boundElsewhere(host)] : []),
				...[asideOf(place, 'join')].filter(text => text !== undefined),
			].join(' · ') || undefined;
		},
		prompt: {
			hint: ({words}) => words.settings.hints['multicast-group'] ?? '',
			submit(place, typed) {
				// As it was joined, or with a minus in front: it is left.
				const name = typed.startsWith('-') ? 'leave' : 'join';
				return submitted(place, 'multicast-group', name, typed.replace(/^-/, ''));
			},
		},
	},
	{
		...optionSetting('multicast-interface', 'interface'),
		value: ({words, ...place}) => optionsOf(place).interface ?? words.settings.ofSystem,
		calls(place) {
			const {interface: leavesBy} = optionsOf(place);
			return leavesBy === undefined ? [] : callsOf(place, {name: 'interface', interface: leavesBy});
		},
	},
	numberSetting('multicast-hops', 'multicast-ttl'),
	switchSetting('multicast-loop', 'loopback', 1),
	bufferSetting('receive-buffer', 'rcvbuf'),
	bufferSetting('send-buffer', 'sndbuf'),
	switchSetting('no-delay', 'nodelay', 1),
	numberSetting('keep-alive', 'keepalive'),
];

/** What all options have in common: a prompt, and what is said of them now. */
function optionSetting(name: SettingName, option: OptionName): Setting {
	return {
		name,
		isFor: ({scene: {protocol}, client}) => isOptionOf(option, protocol, client ? 'client' : 'server'),
		value: ({words}) => words.settings.ofSystem,
		aside: place => asideOf(place, option),
		prompt: {
			hint: ({words}) => words.settings.hints[name] ?? '',
			submit: (place, typed) => submitted(place, name, option, typed),
		},
	};
}

function numberSetting(name: SettingName, option: NumberOption): Setting {
	return {
		...optionSetting(name, option),
		value({words, ...place}) {
			const value = optionsOf(place).numbers[option];
			return value === undefined
				? words.settings.defaults[option] ?? words.settings.ofSystem
				: formatOption({name: option, value});
		},
		calls: place => valueCalls(place, option),
	};
}

/** Node sets the buffers of UDP sockets only: elsewhere the row says so. */
function bufferSetting(name: SettingName, option: 'rcvbuf' | 'sndbuf'): Setting {
	const {prompt, ...common} = optionSetting(name, option);
	return {
		...common,
		isFor: () => true,
		value({words, ...place}) {
			const {numbers, granted} = optionsOf(place);
			if (place.scene.protocol === 'tcp') {
				return words.settings.notPossible;
			}

			const value = numbers[option];
			const given = granted[option];
			return value === undefined
				? words.settings.ofSystem
				: [value, ...(given === undefined ? [] : [given])].map(bytes => formatBytes(bytes)).join(' → ');
		},
		calls: place => valueCalls(place, option),
		aside: place => place.scene.protocol === 'tcp' ? place.words.settings.whyNotPossible : asideOf(place, option),
		prompt: {
			hint: place => prompt?.hint(place) ?? '',
			submit: (place, typed) => place.scene.protocol === 'tcp'
				? place.words.settings.whyNotPossible
				: submitted(place, name, option, typed),
		},
	};
}

function switchSetting(name: SettingName, option: NumberOption, byDefault: 0 | 1): Setting {
	const valueOf = (place: Omit<SettingPlace, 'words'>): number => optionsOf(place).numbers[option] ?? byDefault;
	const {prompt: _, ...common} = optionSetting(name, option);
	return {
		...common,
		value: ({words, ...place}) => valueOf(place) === 1 ? words.settings.on : words.settings.off,
		calls: place => valueCalls(place, option),
		step: place => changed(place, {name: option, value: 1 - valueOf(place)}),
	};
}

function optionsOf({scene: {server}, client}: Pick<SettingPlace, 'scene' | 'client'>): OptionsView {
	return (client ?? server)?.options ?? {
		numbers: {}, groups: [], granted: {}, failed: {}, addresses: {},
	};
}

function sourceText({words: {settings}, ...place}: SettingPlace): string {
	const {source} = optionsOf(place);
	return source ? formatAddress(source) : settings.ofSystem;
}

function valueCalls(place: SettingPlace, option: NumberOption): readonly Call[] {
	const {numbers, granted} = optionsOf(place);
	const value = numbers[option];
	return value === undefined ? [] : callsOf(place, {name: option, value}, granted[option]);
}

/**
The calls for an option, by the version of IP of the socket that is open, or that will be. Over IPv4 an interface is
told by its address, which is known once it was told.
*/
function callsOf(place: SettingPlace, option: SocketOption, granted?: number): readonly Call[] {
	const {scene: {server}, client} = place;
	const state = (client ?? server)?.state;
	const address = state && 'local' in state ? state.local : client?.destination ?? server?.configured;
	const family = ('group' in option ? option.group : address?.host)?.includes(':') ? 6 : 4;
	const wanted = 'interface' in option ? option.interface : undefined;
	const via = family === 4 && wanted !== undefined && !/^[\d.]+$/.test(wanted)
		? optionsOf(place).addresses[wanted]
		: wanted;
	return wanted !== undefined && via === undefined ? [] : optionCalls(option, {family, via, granted});
}

/** What the system has made of the option, and when it takes effect where no socket has it. */
function asideOf(place: SettingPlace, option: OptionName): string | undefined {
	const {client, scene: {server}, words: {settings}} = place;
	const code = optionsOf(place).failed[option];
	if (code !== undefined) {
		return settings.refused(code);
	}

	const type = (client ?? server)?.state.type;
	if (type !== 'open' && type !== 'bound' && type !== 'connected') {
		return settings.noSocketYet;
	}

	return optionKinds[option].isForNext ? settings.forNext[client ? 'client' : 'server'] : undefined;
}

function submitted(place: SettingPlace, name: SettingName, option: OptionName, typed: string): Update | string {
	const read = parseOption(option, typed);
	return read ? changed(place, read) : place.words.settings.wrong(place.words.settings.hints[name] ?? '');
}

function changed({state, pane}: SettingPlace, option: SocketOption): Update {
	return executed(state, {type: 'set-option', pane, option}, pane);
}
