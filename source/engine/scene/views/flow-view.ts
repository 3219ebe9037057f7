/* The flow diagram of a scene: its newest steps for a query, or its events for an export. */
import type {FlowEvents} from '../../../flow/drawing/export.ts';
import {stepDetails} from '../../../flow/details.ts';
import {laneOfPane} from '../../../flow/lanes.ts';
import {projectFlow} from '../../../flow/projection/project.ts';
import type {Flow, FlowEvent, FlowScene} from '../../../flow/step.ts';
import type {FlowView} from '../../api/view.ts';
import type {FlowQuery} from '../../api/query.ts';
import type {EventLog} from '../../../log/event-log.ts';
import type {Scene} from '../scene.ts';
import {droppedEvents, endOfOldest, sceneEvents} from './scene-events.ts';
import {stepFacts} from './step-facts.ts';

/** How many events are looked at for a query, which costs some milliseconds of the sockets' time each time. */
const maxShownEvents = 1024;

/** How many events behind the end of what is shown are looked at: they tell what became of it. */
const lookAhead = 256;

/** How many times as many steps as rows are looked for: some may be between sockets that are not shown. */
const spare = 3;

/** How many events an export gets at a time: what the sockets wait for that is a few milliseconds. */
const exportedAtOnce = 256;

/** The steps that a query asks for. Where the log has dropped all of them, the oldest that it still has. */
export function answerFlow(log: EventLog, scene: Scene, {focus, rows, end, isAhead, selected}: FlowQuery): FlowView {
	const who = flowScene(log, scene);
	const stepsBefore = (before: number): Flow =>
		projectFlow(
			sceneEvents(log, scene, Math.min(log.next, Math.ceil(before) + lookAhead)),
			who,
			rows * spare,
			maxShownEvents + lookAhead,
			before,
		);
	const asked = stepsBefore(end ?? log.next);
	const isGone = asked.oldest === undefined && end !== undefined;
	const shownEnd = isGone ? endOfOldest(log, scene, rows) : end;
	const flow = isGone ? stepsBefore(shownEnd ?? log.next) : asked;
	const ahead
		= isAhead && shownEnd !== undefined ? endsAhead(log, scene, shownEnd, rows, stepsBefore) : undefined;
	const step = selected === undefined ? undefined : flow.steps.find(({first}) => first === selected);
	return {
		type: 'flow',
		scene: scene.name,
		...flow,
		focus: focus === undefined ? undefined : laneOfPane(who, focus),
		dropped: droppedEvents(log, scene),
		...(ahead && {ahead}),
		...(step && {details: stepDetails(step, stepFacts(log, who, flow.lanes, step))}),
	};
}

/** How many events are looked at for each step that comes next: an arrow between two own sockets has two. */
const eventsOfStep = 2;

/** The ends of windows with one step more than those before `from`, two more, and so on, for at most `rows` steps. */
function endsAhead(
	log: EventLog,
	scene: Scene,
	from: number,
	rows: number,
	stepsBefore: (before: number) => Flow,
): number[] {
	const limit = endOfOldest(log, scene, rows * eventsOfStep, from);
	const isAll = limit === 0 || endOfOldest(log, scene, 1, limit) === 0;
	const {steps} = stepsBefore(isAll ? log.next : limit);
	const next = steps.findIndex(({first}) => first >= from);
	// None is shown without the one that it belongs to.
	const after = next === -1 ? [] : steps.slice(steps[next]!.isSecond ? Math.max(0, next - 1) : next);
	const last = isAll ? Number.POSITIVE_INFINITY : limit;
	return [...after.slice(1, rows + 1).map(({first}) => first), ...(after.length > rows ? [] : [last])];
}

/** The newest events of a scene before `end`, newest first, for an export. */
export function readFlowEvents(log: EventLog, scene: Scene, end = log.next): FlowEvents {
	const events: FlowEvent[] = [];
	let next: number | undefined;
	for (const event of sceneEvents(log, scene, end)) {
		if (events.length === exportedAtOnce) {
			next = event.sequence + 1;
			break;
		}

		events.push(event);
	}

	return {
		scene: flowScene(log, scene), events, end: next, hasDropped: droppedEvents(log, scene) > 0,
	};
}

function flowScene(log: EventLog, {protocol, front: server, relay, clients}: Scene): FlowScene {
	const ports = new Set(clients.flatMap(({state}) => 'local' in state && state.local ? [state.local.port] : []));
	const connections = !relay && server?.server.protocol === 'tcp'
		? [...server.server.peers.values()].flatMap(({number, peer}) =>
			ports.has(peer.port) ? [{number, peerPort: peer.port}] : [])
		: [];
	return {
		protocol,
		clock: log.clockSettings,
		...(relay && {relay: {targetPane: relay.targetPane, target: relay.target}}),
		...(server && {server: {pane: server.pane, local: server.server.lastLocal, connections}}),
		clients: clients.map(({pane, number, state}) => ({
			pane,
			number,
			local: 'local' in state ? state.local : undefined,
		})),
	};
}
