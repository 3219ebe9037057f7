import {experimentNames} from '../../engine/api/experiment.ts';
import type {Vocabulary} from '../../lessons/parse-lesson.ts';
import {helpWords} from '../words/overlays/help-words.ts';

/** Names that lessons may use, of keys and experiments: without the key table, which knows all of the panes. */
export const lessonVocabulary: Vocabulary = {
	keys: Object.keys(helpWords.commands),
	experiments: experimentNames,
};
