import {renderToString} from 'ink';
import {createElement} from 'react';
import {App} from '../../source/screen/ink/app.tsx';
import type {ScreenState} from '../../source/screen/state/screen-state.ts';
import {en} from '../../source/screen/words/en.ts';
import type {Words} from '../../source/screen/words/words.ts';

const nothing = (): void => undefined;

/** The whole screen as it is drawn, without a terminal. */
export function drawApp(state: ScreenState, words: Words = en): string {
	return renderToString(createElement(App, {
		source: {subscribe: () => nothing, getState: () => state},
		words,
	}), {columns: Math.max(1, state.columns)});
}
