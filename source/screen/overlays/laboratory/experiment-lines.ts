import type {ExperimentView} from '../../../engine/api/experiment.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import type {Address} from '../../../log/event.ts';
import {smallestPane} from '../../frame/layout.ts';
import {paintApart, type Span, paragraph} from '../../frame/paint.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {ExperimentPlaces} from '../../words/overlays/laboratory-words.ts';
import type {Words} from '../../words/words.ts';
import {lettersIn} from '../modes.ts';
import {overlayOf} from '../registry.ts';

/**
What goes wrong in the laboratory and why, in a title and a few lines beneath the panes; nothing in another scene, or
where something is drawn over the panes. A pane of the smallest size keeps its room.

@param footerRows - the footer's. What it takes beyond one row it takes from the explanation: the panes stay where they
are.
*/
export function experimentLines(
	{mode, columns, rows}: ScreenState,
	scene: SceneView,
	footerRows: number,
	words: Words,
): string[] {
	const {experiment} = scene;
	if (!experiment || overlayOf(mode).body) {
		return [];
	}

	const {laboratory} = words;
	const {name, explain, found} = laboratory.experiments[experiment.name];
	const title: readonly Span[] = [
		{text: ` ${laboratory.title} `, tone: 'chosen'},
		{text: ` ${name}`, tone: 'strong'},
		{
			text: ` · ${experiment.isDone ? laboratory.done : laboratory.running}`,
			tone: experiment.isDone ? 'plain' : 'warning',
		},
	];
	const outcome = experiment.outcome === 'failed' ? undefined : found?.(experiment.facts, experiment.isDone);
	const {holders} = experiment.facts;
	const sentences = [
		...explain(placesOf(scene, experiment)),
		...(outcome === undefined ? [] : [outcome]),
		...(holders ? [laboratory.holders(holders)] : []),
	];
	const note = noteOf(experiment, words).flatMap(sentence => paragraph(sentence, columns, 'warning'));
	const lines = [...note, ...paragraph(sentences.join(' '), columns)];
	const most = Math.min(lines.length + 1, rows - 2 - smallestPane);
	const shown = lines.slice(0, Math.max(0, most - footerRows));
	// The letters take their room from it; else a larger window has these lines.
	const more = laboratory.more(lines.length - shown.length, lettersIn(mode) !== undefined);
	return [paintApart(title, [{text: shown.length < lines.length ? ` ${more} ` : '', tone: 'warning'}], columns), ...shown];
}

/** What is to be said of an outcome that is not the same on every machine. */
function noteOf({name, outcome, facts}: ExperimentView, {laboratory}: Words): string[] {
	if (outcome === 'failed') {
		return [laboratory.failed(facts.failure?.message ?? '?')];
	}

	const {allowed} = laboratory.experiments[name];
	return outcome === 'allowed' && allowed !== undefined ? [allowed] : [];
}

/** The address that the experiment is about, or else those that the laboratory's sockets were given. */
function placesOf({server, clients}: SceneView, {facts: {address}}: ExperimentView): ExperimentPlaces {
	const client = address ?? clients[0]?.destination;
	const bound = address ?? (server && (server.state.type === 'open' ? server.state.local : server.configured));
	return {client: tuple(client ?? bound), server: tuple(bound ?? client), host: (client ?? bound)?.host ?? '…'};
}

/** An address as Python writes it in a call, as in the view of calls; an ellipsis until its port is known. */
function tuple(address: Address | undefined): string {
	return address && address.port > 0 ? `('${address.host}', ${address.port})` : '…';
}
