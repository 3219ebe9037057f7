import {useSyncExternalStore} from 'react';
import type {ScreenState} from '../state/screen-state.ts';

/** Where the screen's state comes from. */
export type StateSource = {
	readonly subscribe: (onChange: () => void) => () => void;
	readonly getState: () => ScreenState;
};

/** The screen's state, drawn again whenever it is replaced. */
export function useScreenState({subscribe, getState}: StateSource): ScreenState {
	return useSyncExternalStore(subscribe, getState);
}
