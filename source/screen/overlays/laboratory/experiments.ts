import {type ExperimentName, experimentNames} from '../../../engine/api/experiment.ts';
import {update, type Update} from '../../input/update.ts';
import {forgetScene} from '../../state/apply-scene.ts';
import {backToTyping, type ScreenState} from '../../state/screen-state.ts';
import {endExercise} from '../exercises/start-exercise.ts';
import {experimentList} from '../modes.ts';

/** An experiment of the error laboratory, and the key that starts it from the list. */
type ListedExperiment = {readonly name: ExperimentName; readonly key: string};

/** The keys of the list, in its order. `e` is none of them: it leaves the list. */
const keys = '123456789abcdfghijklmnopqrstuvwxyz';

export const experiments: readonly ListedExperiment[] = experimentNames.map((name, index) => ({
	name,
	key: keys.charAt(index),
}));

/** Show the laboratory's scene with an experiment set up in it. The user's own scenes stay as they are. */
export function startExperiment(state: ScreenState, experiment: ExperimentName): Update {
	return update({
		...backToTyping(forgetScene(state, 'laboratory')),
		isExperimenting: true,
		isZoomed: false,
		isZoomedOutside: state.isZoomed,
	}, {type: 'execute', command: {type: 'start-experiment', experiment}});
}

/** End the experiment or the exercise that is shown, and show the list again, before the user's own scene. */
export function endExperiment(state: ScreenState): Update {
	if (state.exercising.run) {
		return endExercise(state);
	}

	const name = state.scenes.laboratory?.experiment?.name;
	return update(leaveExperiment(state, name), {type: 'execute', command: {type: 'end-experiment'}});
}

/**
The state with the list before the user's own scene, which is as it was. The experiment that was shown, or was not
started, is chosen. Esc leads back to the commands, from where the list is opened.
*/
export function leaveExperiment(
	state: ScreenState,
	experiment: ExperimentName | undefined,
	notice?: string,
): ScreenState {
	return {
		...forgetScene(state, 'laboratory'),
		mode: experimentList(Math.max(0, experiments.findIndex(({name}) => name === experiment)), notice),
		isExperimenting: false,
		isFromCommands: true,
		isZoomed: state.isZoomedOutside,
	};
}
