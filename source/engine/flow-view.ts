/* The flow diagram of a scene, drawn for the screen or written to a file. */
import type {FlowFormat} from './door/command.ts';
import type {FlowView} from './door/overlay-view.ts';
import type {FlowQuestion} from './door/question.ts';
import type {EventLog} from './events/event-log.ts';
import {drawFlow} from './projections/flow/draw-flow.ts';
import {flowMermaid} from './projections/flow/flow-mermaid.ts';
import {type FlowScene, laneOfPane} from './projections/flow/flow-scene.ts';
import {flowSvg} from './projections/flow/flow-svg.ts';
import {flowText} from './projections/flow/flow-text.ts';
import {projectFlow} from './projections/flow/project-flow.ts';
import type {Scene} from './scene.ts';
import {hasForgotten, sceneEvents} from './scene-events.ts';

/** A file has so many steps at most, and so many events are looked at for them. */
const mostSavedSteps = 10_000;
const mostSavedEvents = 20_000;

/** So many events are looked at for the screen, which costs some milliseconds of the sockets' time whenever it is drawn. */
const mostShownEvents = 1024;

/** So many times as many steps are looked for as are shown: some may be between sockets that are not. */
const spare = 3;

/** Draw the flow diagram that a question asks for. */
export function answerFlow(log: EventLog, scene: Scene, {focus, columns, rows, end}: FlowQuestion): FlowView {
	const who = flowScene(scene);
	const {steps, lanes, oldest, isWhole} = projectFlow(sceneEvents(log, scene, end ?? log.next), who, rows * spare, mostShownEvents, time => log.wallTime(time));
	const drawing = drawFlow(steps, lanes, {columns, rows, focus: focus === undefined ? undefined : laneOfPane(who, focus)});
	// Where nothing of what was looked at is drawn, there may still be something before it.
	const first = drawing.first ?? oldest;
	const isAll = first === undefined || (isWhole && (steps.length === 0 || first === steps[0].first));
	return {
		type: 'flow',
		scene: scene.name,
		header: drawing.header,
		lines: drawing.lines,
		older: isAll ? undefined : {step: steps.at(-1)?.first ?? first, page: first},
		hiddenLanes: drawing.hiddenLanes,
		hiddenSteps: drawing.hiddenSteps,
	};
}

/** The whole diagram as a file: its name, and what is to be in it. Where it is longer than a file may be, or the log does not hold its beginning any more, the file says so. */
export function exportFlow(log: EventLog, scene: Scene, format: FlowFormat): {readonly name: string; readonly contents: string} {
	const looked = projectFlow(sceneEvents(log, scene, log.next), flowScene(scene), mostSavedSteps, mostSavedEvents, time => log.wallTime(time));
	const flow = {...looked, isWhole: looked.isWhole && !hasForgotten(log, scene)};
	const name = `socket-playground-${scene.protocol}-flow`;
	switch (format) {
		case 'svg': {
			return {name: `${name}.svg`, contents: flowSvg(flow)};
		}

		case 'mermaid': {
			return {name: `${name}.mmd`, contents: flowMermaid(flow)};
		}

		case 'text': {
			return {name: `${name}.txt`, contents: flowText(flow)};
		}

		default: {
			return format satisfies never;
		}
	}
}

/** Who is who in a scene now. */
function flowScene({protocol, server, clients}: Scene): FlowScene {
	return {
		protocol,
		...(server && {server: {pane: server.pane, local: server.server.lastLocal}}),
		clients: clients.map(({pane, number, state}) => ({pane, number, local: 'local' in state ? state.local : undefined})),
	};
}
