import {perfect} from '../link/conditions.ts';
import {describeConditionsProblem} from '../link/conditions-problem.ts';
import {parseConditions, type ParsedConditions} from '../link/parse-conditions.ts';
import {largestSeed, linkDirections} from '../link/random.ts';
import {defaultRule, namedRules} from '../replies/reply-rule.ts';
import {defaultLimits} from '../sockets/limits.ts';
import {parseHost} from '../text/address.ts';
import type {YamlNode, YamlReader} from '../text/yaml-reader.ts';
import type {LessonScene} from './lesson.ts';

/** The clients of a scene that does not say how many. */
const defaultClients = 2;

const keys = ['protocol', 'clients', 'server', 'reply', 'close-after-reply', 'link', 'seed', 'host', 'port'] as const;

const protocols = {udp: ['udp'], tcp: ['tcp'], both: ['udp', 'tcp']} as const;

/** The sockets that a step starts from. */
export function parseScene(node: YamlNode, reader: YamlReader): LessonScene | undefined {
	const map = reader.mapping(node, {what: 'a scene', keys, required: ['protocol']});
	const optional = <Value>(key: (typeof keys)[number], read: (value: YamlNode) => Value): Value | undefined =>
		map?.read(key, read);
	const names = Object.keys(protocols) as Array<keyof typeof protocols>;
	const name = optional('protocol', value => reader.choice(value, 'protocol', names));
	const others: Omit<LessonScene, 'protocols'> = {
		clients: optional('clients', value => reader.integer(value, 'clients', 0, defaultLimits.clients)) ?? defaultClients,
		isServerOpen: optional('server', value => reader.choice(value, 'server', ['open', 'closed'])) !== 'closed',
		reply: optional('reply', value => reader.choice(value, 'reply', namedRules)) ?? defaultRule,
		closeAfterReply: optional('close-after-reply', value => reader.boolean(value, 'close-after-reply')) ?? false,
		link: optional('link', value => parseLink(value, reader)) ?? {'to-server': perfect, 'to-clients': perfect},
		seed: optional('seed', value => reader.integer(value, 'seed', 0, largestSeed)),
		host: optional('host', value => parseHostOf(value, reader)),
		port: optional('port', value => reader.integer(value, 'port', 0, 65_535)),
	};
	return name && {protocols: protocols[name], ...others};
}

function parseHostOf(node: YamlNode, reader: YamlReader): string | undefined {
	const text = reader.text(node, 'host');
	const host = text === undefined ? undefined : parseHost(text);
	if (text !== undefined && host === undefined) {
		reader.fail(node, `host is an IP address or a host name, not '${text}'`);
	}

	return host;
}

/** Conditions of the link for both ways, or for each way. */
function parseLink(node: YamlNode, reader: YamlReader): LessonScene['link'] | undefined {
	if (reader.keysAmong(node, linkDirections) === undefined) {
		const read = readConditions(node, reader);
		return read && {'to-server': read.conditions, 'to-clients': read.isOneWay ? perfect : read.conditions};
	}

	const map = reader.mapping(node, {what: 'a link each way', keys: linkDirections});
	const [toServer, toClients] = linkDirections.map(way =>
		map?.read(way, ways => readConditions(ways, reader)?.conditions));
	return {'to-server': toServer ?? perfect, 'to-clients': toClients ?? perfect};
}

function readConditions(node: YamlNode, reader: YamlReader): Exclude<ParsedConditions, {problem: unknown}> | undefined {
	const text = reader.text(node, 'link');
	const read = text === undefined ? undefined : parseConditions(text);
	if (read && 'problem' in read) {
		reader.fail(node, `link: ${describeConditionsProblem(read.problem)}`);
		return undefined;
	}

	return read;
}
