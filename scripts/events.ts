/* Write docs/events.schema.json and docs/events.md, from the event kinds and what else a line can be. */
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {plainLine} from '../source/headless/plain-line.ts';
import type {Amendment} from '../source/log/amendment.ts';
import type {EventType, SocketEvent} from '../source/log/event.ts';
import {kindOf} from '../source/log/event-kinds.ts';
import {en} from '../source/screen/words/en.ts';
import {everyEvent} from '../test/helpers/every-event.ts';
import {
	type LineSchema, readSchemas, type Schema, schemaText,
} from './event-schema.ts';

const docs = path.join(import.meta.dirname, '../docs');

const head = `# JSON lines

<!-- Written by npm run events from the types of the program. -->

With \`--json\`, standard output has JSON lines ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), one value a line) and
nothing else; messages for people go to standard error. [events.schema.json](events.schema.json) is their JSON Schema.

- \`ready\` comes first, as soon as the socket is bound, or connected, with the time of that; what led to it comes behind
  it, with times of its own. Where it fails, there is none.
- Then one line for each event, in the order in which the log has them.
- What becomes known of an event later is an \`amendment\` that names the event by its number.
- Where \`serve\`, \`relay\`, or \`send\` over UDP is read too slowly, lines are left out, and a \`gap\` says how many. Over
  TCP \`send\` reads more slowly then.
- Exactly one \`done\` comes last, also after a failure and after a signal. Only SIGQUIT, SIGKILL or a reader that has closed
  the pipe end the program without it.

A payload is \`base64\`, which is exact, and \`text\`, to read. Control and invisible characters are escaped as JSON has
it, so that a line can be shown on a terminal. A program that reads the lines should pass over fields that it does not
know: fields may be added without another \`version\`.
`;

const anyType: Schema = {type: 'string', description: 'What kind of line it is.'};

/** What each kind of amendment tells. */
const changes: Readonly<Record<Amendment['type'], string>> = {
	left: 'One copy of a datagram has left the simulated link, after this delay in milliseconds.\n',
	read: 'A socket of the playground has read a datagram: by its read of this number.\n',
	dropped: 'The kernel has dropped a datagram, or one of its copies: a receive buffer was full.\n',
	unbound: 'No socket was bound where a datagram, or one of its copies, went: the kernel has dropped it.\n',
	refused: 'The system has not taken a copy that left the simulated link.\n',
	overtaken: 'The write of this number was sent later, and has left the simulated link earlier.\n',
	discarded: 'How many copies of a datagram, or bytes of a write, never leave the simulated link: the socket was closed.\n',
	'segment-left': 'Bytes of a write have left the simulated link; the delay of all, in milliseconds, comes with the last.\n',
};

/** The schema file and the page, as they are to be. */
export function eventDocs(): {readonly schema: string; readonly page: string} {
	const schemas = readSchemas();
	const {lines, parts} = schemas;
	const common = ['version', 'time', 'sequence', 'type'];
	const ofEvents = ['event', 'clock', 'pane', 'socket'];
	const typeOf = (line: LineSchema): string => String(line.properties.type?.const);
	const first = lines[0]!;
	const events = lines.filter(line => typeOf(line) in everyEvent);
	const others = Map.groupBy(lines.filter(line => !(typeOf(line) in everyEvent)), typeOf);
	const page = [
		head,
		'## Every line\n',
		fieldsOf({...first, properties: {...first.properties, type: anyType}}, name => common.includes(name)),
		'## ready, amendment, gap and done\n',
		...[...others].flatMap(([type, kinds]) => [
			`### ${type}\n`,
			...kinds.flatMap(kind => [
				...(type === 'amendment' ? [changes[String(kind.properties.change?.const) as Amendment['type']]] : []),
				fieldsOf(kind, name => !common.includes(name)),
			]),
		]),
		'## Events\n',
		'`asked` is the address that bind() was given, where it is known: with port 0 the system has picked that of `local`.',
		'Times are in milliseconds, lengths in bytes. Every event has these:\n',
		fieldsOf(events[0]!, name => ofEvents.includes(name)),
		...events.map(event => [
			`### ${typeOf(event)}\n`,
			...(event.description === undefined ? [] : [event.description.replaceAll(/(.{1,120})(?: |$)/g, '$1\n')]),
			`\`\`\`\n${exampleOf(typeOf(event) as EventType)}\n\`\`\`\n`,
			fieldsOf(event, name => ![...common, ...ofEvents].includes(name)),
		].join('\n')),
		'## Parts\n',
		...[...parts].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, part]) => [
			`### ${name}\n`,
			...(part.anyOf ?? [part]).map(one => one.properties ? fieldsOf(one as LineSchema, () => true) : `${typeText(one)}\n`),
		].join('\n')),
	].join('\n');
	return {schema: schemaText(schemas), page: `${page.trimEnd()}\n`};
}

/** The event as `serve`, `send` and `relay` tell it in lines of text. */
function exampleOf(type: EventType): string {
	const {data, stage, fails} = kindOf(type);
	const protocol = data?.unit === 'datagram' || stage === 'bound' ? 'udp' : 'tcp';
	const time = new Date(2026, 0, 2, 10, 12, 3, 122).getTime();
	const event: SocketEvent = everyEvent[type];
	return plainLine(stage === 'connected' ? {...event, socket: 1} : event, time, {
		protocol, isServer: fails === 'local', words: en, hasColours: false,
	});
}

function fieldsOf({properties, required}: LineSchema, isWanted: (name: string) => boolean): string {
	const rows = Object.entries(properties).filter(([name]) => isWanted(name)).map(([name, field]) => {
		const mark = required.includes(name) ? '' : '?';
		return `| \`${name}\`${mark} | ${typeText(field)} | ${field.description ?? ''} |`;
	});
	return rows.length === 0 ? '' : ['| field | is | |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

function typeText(schema: Schema): string {
	const {$ref, type, items, anyOf, enum: values} = schema;
	if ($ref !== undefined) {
		const name = $ref.split('/').at(-1) ?? '';
		return `[${name}](#${name.toLowerCase()})`;
	}

	if ('const' in schema) {
		return `\`${JSON.stringify(schema.const)}\``;
	}

	if (items) {
		return `array of ${typeText(items)}`;
	}

	const several = anyOf?.map(one => typeText(one)) ?? values?.map(value => `\`${JSON.stringify(value)}\``);
	return several ? several.join(', ') : (schema.properties ? objectText(schema as LineSchema) : (type ?? ''));
}

function objectText({properties, required}: LineSchema): string {
	return Object.entries(properties).map(([name, field]) =>
		`\`${name}\`${required.includes(name) ? '' : '?'}: ${typeText(field)}`).join(', ');
}

if (process.argv[1] === import.meta.filename) {
	const {schema, page} = eventDocs();
	await writeFile(path.join(docs, 'events.schema.json'), schema);
	await writeFile(path.join(docs, 'events.md'), page);
}
