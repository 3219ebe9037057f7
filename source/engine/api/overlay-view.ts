/* What is drawn over the panes, as it comes out through the door. */
import type {Flow, FlowLaneId} from '../../flow/step.ts';
import type {SceneName} from './command.ts';

export type {PayloadView} from '../../views/payload.ts';

/**
A part of a scene's flow diagram: more steps than there are rows, since some may be between lanes that do not fit.
*/
export type FlowView = Flow & {
	readonly type: 'flow';
	readonly scene: SceneName;
	/** The lane that the diagram is drawn around. */
	readonly focus: FlowLaneId | undefined;
	/** How many events of the scene the log has dropped. */
	readonly dropped: number;
};
