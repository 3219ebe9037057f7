/* What is drawn over the panes, as it comes out through the door. */
import type {FlowLine} from '../projections/flow/draw-flow.ts';
import type {SceneName} from './command.ts';

export type {PayloadView} from '../../views/payload.ts';

/** A flow diagram, drawn. */
export type FlowView = {
	readonly type: 'flow';
	readonly scene: SceneName;
	readonly header: readonly FlowLine[];
	readonly lines: readonly FlowLine[];
	/** Where to end in order to go back by one step, or by a page; undefined where nothing older can be drawn. */
	readonly older: {readonly step: number; readonly page: number} | undefined;
	/** Lanes, and steps between them, that do not fit. */
	readonly hiddenLanes: number;
	readonly hiddenSteps: number;
};
