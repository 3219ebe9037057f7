import type {ExperimentName} from '../../../engine/api/experiment.ts';
import {forgetScene} from '../../state/forget-panes.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import {update, type Update} from '../../input/update.ts';
import {experiments} from './experiments.ts';

/**
Show the laboratory's scene, and have an experiment set up in it. What the screen remembers of the user's own scenes
stays as it is.
*/
export function startExperiment(state: ScreenState, experiment: ExperimentName): Update {
	return update({
		...forgetScene(state, 'laboratory'),
		mode: {type: 'typing'},
		isExperimenting: true,
		isZoomed: false,
		isZoomedOutside: state.isZoomed,
	}, {type: 'execute', command: {type: 'start-experiment', experiment}});
}

/** End the experiment that is shown, and show the list again, before the user's own scene. */
export function endExperiment(state: ScreenState): Update {
	const name = state.scenes.laboratory?.experiment?.name;
	return update(leaveExperiment(state, name), {type: 'execute', command: {type: 'end-experiment'}});
}

/**
The state with the list before the user's own scene, which is as it was. The experiment that was shown, or was not
started, is chosen.
*/
export function leaveExperiment(
	state: ScreenState,
	experiment: ExperimentName | undefined,
	notice?: string,
): ScreenState {
	return {
		...forgetScene(state, 'laboratory'),
		mode: {
			type: 'laboratory',
			chosen: Math.max(
				0,
				experiments.findIndex(({name}) => name === experiment),
			),
			notice,
		},
		isExperimenting: false,
		isZoomed: state.isZoomedOutside,
	};
}
