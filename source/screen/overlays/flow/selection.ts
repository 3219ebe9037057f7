import type {FlowStep} from '../../../flow/step.ts';

/**
Which row of the diagram is selected: the one that stands at `first`, or the next one before (-1) or behind it (1),
which the engine may still have to answer.
*/
export type Selection = {readonly first: number; readonly by: -1 | 0 | 1};

/** The row that is selected among those shown; where it is not among them, the nearest. */
export function selectedStep(steps: readonly FlowStep[], selected: Selection | undefined): FlowStep | undefined {
	if (!selected) {
		return undefined;
	}

	const {first, by} = selected;
	return by === 1
		? steps.find(step => step.first > first) ?? steps.at(-1)
		: steps.findLast(step => by === 0 ? step.first <= first : step.first < first) ?? steps[0];
}
