import {usePaste, useStdin} from 'ink';
import {useEffect} from 'react';

function ignore(): void {
	// The key decoder has heard it already.
}

/**
Hold the terminal in raw mode, with pastes marked, for as long as the app is drawn. Ink gives both back at the end.
*/
export function useRawInput(): void {
	const {setRawMode} = useStdin();
	usePaste(ignore);
	useEffect(() => {
		setRawMode(true);
		return () => {
			setRawMode(false);
		};
	}, [setRawMode]);
}
