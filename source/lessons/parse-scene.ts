import {perfect} from '../link/conditions.ts';
import {conditionsFault} from '../link/conditions-problem.ts';
import {parseConditions, type ParsedConditions} from '../link/conditions-text.ts';
import {largestSeed, linkDirections} from '../link/random.ts';
import type {Protocol, SocketOption} from '../log/event.ts';
import {optionKinds, parseNamedOption, parseOption} from '../log/calls/socket-option.ts';
import {defaultRule, namedRules} from '../replies/reply-rule.ts';
import {defaultLimits} from '../sockets/limits.ts';
import {parseHost} from '../text/address.ts';
import {
	type Encoding, encodingOf, encodings, nearestEncoding,
} from '../text/encoding/encoding.ts';
import {canFrame, type Framing, framings} from '../text/framing.ts';
import type {YamlNode, YamlReader} from '../text/files/yaml-reader.ts';
import type {LessonScene} from './lesson.ts';

/** The clients of a scene that does not say how many. */
const defaultClients = 2;

const keys = [
	'protocol',
	'clients',
	'server',
	'connect',
	'reply',
	'close-after-reply',
	'link',
	'seed',
	'host',
	'port',
	'options',
	'backlog',
	'source',
	'framing',
	'encoding',
] as const;

const protocols = {udp: ['udp'], tcp: ['tcp'], both: ['udp', 'tcp']} as const;

/** The sockets that a step starts from. */
export function parseScene(node: YamlNode, reader: YamlReader): LessonScene | undefined {
	const map = reader.mapping(node, {what: 'a scene', keys, required: ['protocol']});
	const names = Object.keys(protocols) as Array<keyof typeof protocols>;
	const name = map?.read('protocol', value => reader.choice(value, 'protocol', names));
	const protocol = name === 'both' ? undefined : name;
	const encoding = map?.read('encoding', value => reader.value(value, 'encoding', encodingOf, text =>
		['value', 'encoding', ['oneOf', encodings], text, nearestEncoding(text)]));
	const others: Omit<LessonScene, 'protocols'> = {
		clients: map?.read('clients', value => reader.integer(value, 'clients', 0, defaultLimits.clients)) ?? defaultClients,
		isServerOpen: map?.read('server', value => reader.choice(value, 'server', ['open', 'closed'])) !== 'closed',
		isConnected: map?.read('connect', value => reader.boolean(value, 'connect')) ?? true,
		reply: map?.read('reply', value => reader.choice(value, 'reply', namedRules)) ?? defaultRule,
		closeAfterReply: map?.read('close-after-reply', value => reader.boolean(value, 'close-after-reply')) ?? false,
		link: map?.read('link', value => parseLink(value, reader, protocol)) ?? {'to-server': perfect, 'to-clients': perfect},
		seed: map?.read('seed', value => reader.integer(value, 'seed', 0, largestSeed)),
		host: map?.read('host', value => reader.value(value, 'host', parseHost, ['host'])),
		port: map?.read('port', value => reader.integer(value, 'port', 0, 65_535)),
		options: [
			...map?.read('options', value => parseOptions(value, reader, protocol)) ?? [],
			...(['backlog', 'source'] as const).flatMap(option =>
				map?.read(option, value => parseOptionOf(option, value, reader, protocol)) ?? []),
		],
		framing: map?.read('framing', value => parseFraming(value, reader, encoding, protocol)),
		encoding,
	};
	return name && {protocols: protocols[name], ...others};
}

function parseOptions(node: YamlNode, reader: YamlReader, protocol: Protocol | undefined): SocketOption[] {
	return reader.oneOrMore(node, 'options').flatMap(entry => {
		const text = reader.text(entry, 'an option');
		const read = text === undefined ? undefined : parseNamedOption(text, 'option', protocol);
		if (read && 'fault' in read) {
			reader.fail(entry, read.fault);
			return [];
		}

		return read?.option ?? [];
	});
}

/** An option that has a flag of its own. */
function parseOptionOf(
	name: 'backlog' | 'source',
	node: YamlNode,
	reader: YamlReader,
	protocol: Protocol | undefined,
): SocketOption | undefined {
	const kind = optionKinds[name];
	const isOther = protocol !== undefined && (kind.protocol ?? protocol) !== protocol;
	return reader.value(
		node,
		name,
		text => isOther ? undefined : parseOption(name, text),
		isOther ? () => ['backlogOfUdp', name] : kind.allowed,
	);
}

function parseFraming(
	node: YamlNode,
	reader: YamlReader,
	encoding: Encoding | undefined,
	protocol: Protocol | undefined,
): Framing | undefined {
	const framing = reader.choice(node, 'framing', framings);
	if (protocol === 'udp') {
		reader.fail(node, ['framingOfUdp', 'framing']);
	} else if (framing && !canFrame(framing, encoding)) {
		reader.fail(node, ['framingOfWide', `framing ${framing}`, encoding ?? '']);
	}

	return framing;
}

/** Conditions of the link for both ways, or for each way. */
function parseLink(
	node: YamlNode,
	reader: YamlReader,
	protocol: Protocol | undefined,
): LessonScene['link'] | undefined {
	if (reader.keysAmong(node, linkDirections) === undefined) {
		const read = readConditions(node, reader, protocol);
		return read && {'to-server': read.conditions, 'to-clients': read.isOneWay ? perfect : read.conditions};
	}

	const map = reader.mapping(node, {what: 'a link each way', keys: linkDirections});
	const [toServer, toClients] = linkDirections.map(way =>
		map?.read(way, ways => readConditions(ways, reader, protocol)?.conditions));
	return {'to-server': toServer ?? perfect, 'to-clients': toClients ?? perfect};
}

function readConditions(
	node: YamlNode,
	reader: YamlReader,
	protocol: Protocol | undefined,
): Exclude<ParsedConditions, {problem: unknown}> | undefined {
	const text = reader.text(node, 'link');
	const read = text === undefined ? undefined : parseConditions(text, protocol);
	if (read && 'problem' in read) {
		reader.fail(node, conditionsFault(read.problem, 'link: '));
		return undefined;
	}

	return read;
}
