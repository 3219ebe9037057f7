import {Box, Text} from 'ink';
import type {ReactElement} from 'react';

/** Lines, and their width in terminal columns. */
type LinesProps = {
	/** Painted lines, each of exactly `width` columns. */
	readonly lines: readonly string[];
	readonly width: number;
};

/** Lines that are ready to be drawn, one beneath the other. */
export function Lines({lines, width}: LinesProps): ReactElement {
	return (
		<Box flexDirection='column' flexShrink={0} width={width} height={lines.length}>
			<Text wrap='truncate'>{lines.join('\n')}</Text>
		</Box>
	);
}
