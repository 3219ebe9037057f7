import {renderToString} from 'ink';
import {createElement} from 'react';
import {App} from '../../source/screen/app.tsx';
import type {ScreenState} from '../../source/screen/state/screen-state.ts';
import {en} from '../../source/screen/words/en.ts';
import type {Words} from '../../source/screen/words/words.ts';

const nothing = (): void => undefined;

/** A state does not change: what was drawn of it is kept for who looks again. */
const drawn = new WeakMap<ScreenState, Map<Words, string>>();

/** The whole screen as it is drawn, without a terminal. */
export function drawApp(state: ScreenState, words: Words = en): string {
	const frames = drawn.get(state) ?? new Map<Words, string>();
	drawn.set(state, frames);
	const frame = frames.get(words) ?? draw(state, words);
	frames.set(words, frame);
	return frame;
}

function draw(state: ScreenState, words: Words): string {
	return renderToString(createElement(App, {
		source: {subscribe: () => nothing, getState: () => state},
		words,
	}), {columns: Math.max(1, state.columns)});
}
