import {conditionsFor} from '../link/conditions.ts';
import {formatConditions} from '../link/conditions-text.ts';
import type {LinkDirection} from '../link/random.ts';
import type {Protocol} from '../log/event.ts';
import {eventTypes, kindOf} from '../log/event-kinds.ts';
import {formatOption} from '../log/calls/socket-option.ts';
import type {LessonLanguage, LessonScene} from './lesson.ts';

/** A scene as it stands, as far as a lesson's start scene has it. */
type SceneState = Omit<LessonScene, 'protocols' | 'isConnected' | 'host' | 'port' | 'seed'> & {
	readonly protocol: Protocol;
	readonly host: string;
	readonly port: number;
	readonly seed: number;
};

/** What stands in the step that a teacher writes over. */
type LessonDraft = {
	readonly title: string;
	/** A comment above the steps, a line each. */
	readonly comment: readonly string[];
	readonly text: string;
	/** With the placeholders `{arrived.text}` and `{arrived.peer}`, if any. */
	readonly explain: string;
};

/** A lesson file that starts from a scene like this one, with one step that works, to write others like it. */
export function lessonOf(scene: SceneState, language: LessonLanguage, draft: LessonDraft): string {
	const {
		protocol, clients, isServerOpen, host, port, reply, closeAfterReply, link, seed, options, framing, encoding,
	} = scene;
	const own = options.filter(({name}) => name === 'backlog' || name === 'source');
	const listed = options.filter(option => !own.includes(option)).map(option => `${option.name}=${formatOption(option)}`);
	const unit = protocol === 'udp' ? 'datagram' : 'chunk';
	const arrives = eventTypes.find(type => {
		const {data} = kindOf(type);
		return data?.unit === unit && !data.isSent;
	});
	const conditions = (way: LinkDirection): string =>
		JSON.stringify(formatConditions(conditionsFor(link[way], protocol)));
	return [
		'id: saved-scene',
		`title: {${language}: ${JSON.stringify(draft.title)}}`,
		'scene:',
		`  protocol: ${protocol}`,
		`  clients: ${clients}`,
		`  server: ${isServerOpen ? 'open' : 'closed'}`,
		`  host: ${JSON.stringify(host)}`,
		`  port: ${port}`,
		`  reply: ${reply}`,
		...(protocol === 'tcp' ? [`  close-after-reply: ${closeAfterReply}`] : []),
		'  link:',
		`    to-server: ${conditions('to-server')}`,
		`    to-clients: ${conditions('to-clients')}`,
		`  seed: ${seed}`,
		...(listed.length > 0 ? [`  options: ${JSON.stringify(listed)}`] : []),
		...own.map(option => `  ${option.name}: ${JSON.stringify(formatOption(option))}`),
		...(framing === undefined || framing === 'none' ? [] : [`  framing: ${framing}`]),
		...(encoding === undefined ? [] : [`  encoding: ${encoding}`]),
		...draft.comment.map(line => `# ${line}`),
		'steps:',
		`  - text: {${language}: ${JSON.stringify(draft.text)}}`,
		'    checks:',
		`      - when: {event: ${arrives}, by: server, as: arrived}`,
		`    explain: {${language}: ${JSON.stringify(draft.explain)}}`,
		'',
	].join('\n');
}
