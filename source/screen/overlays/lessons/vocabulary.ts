import {experimentNames} from '../../../engine/api/experiment.ts';
import type {Vocabulary} from '../../../lessons/parse-lesson.ts';
import {keyBindings} from '../../input/keys.ts';

/** Names that lessons may use, of keys and experiments. */
export const lessonVocabulary: Vocabulary = {
	keys: keyBindings.map(({id}) => id),
	experiments: experimentNames,
};
