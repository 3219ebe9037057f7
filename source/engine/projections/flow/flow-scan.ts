import type {SocketEvent} from '../../events/event.ts';
import {type DraftContext, draftOf} from './draft-of.ts';
import type {FlowDraft} from './flow-draft.ts';
import {type FlowScene, laneFinder} from './flow-scene.ts';
import {LanePorts} from './lane-ports.ts';
import {OwnEnds} from './own-ends.ts';

/** Takes events, newest first, and keeps what is needed to draw them. */
export class FlowScan {
	/** What the events say, newest first. */
	readonly drafts: FlowDraft[] = [];
	readonly ends: OwnEnds;
	readonly ports: LanePorts;
	readonly #context: DraftContext;

	constructor(scene: FlowScene) {
		const {protocol} = scene;
		this.#context = {laneOf: laneFinder(scene), protocol};
		this.ends = new OwnEnds(scene, this.#context.laneOf);
		this.ports = new LanePorts(scene, this.#context.laneOf);
	}

	/** Take the next older event. Those of panes that the scene does not have are passed over. */
	add(event: SocketEvent): void {
		const lane = this.#context.laneOf(event);
		if (lane === undefined) {
			return;
		}

		this.ports.note(event, lane);
		const draft = draftOf(event, lane, this.ends.endOf(event, lane), this.#context);
		if (draft) {
			this.drafts.push(draft);
		}
	}
}
