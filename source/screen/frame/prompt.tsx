import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {type ReactElement, useEffect, useEffectEvent} from 'react';

/** What the prompt shows, and who hears what is typed there. The value is kept by the caller. */
export type PromptProps = {
	readonly label: string;
	readonly hint: string;
	readonly value: string;
	/** The prompt hears keys from now on. */
	readonly onReady: () => void;
	readonly onChange: (value: string) => void;
	readonly onSubmit: (value: string) => void;
};

/** A short prompt in the footer's line: for an address, or for what is looked for. */
export function Prompt({label, hint, value, onReady, onChange, onSubmit}: PromptProps): ReactElement {
	const tellReady = useEffectEvent(onReady);
	// The input's own effect, which makes it hear keys, runs before this one.
	useEffect(() => {
		tellReady();
	}, []);
	return (
		<Box height={1} overflow='hidden'>
			<Box flexShrink={0}>
				<Text bold> {label} </Text>
			</Box>
			<Box flexShrink={0}>
				<TextInput value={value} onChange={onChange} onSubmit={onSubmit}/>
			</Box>
			<Text dimColor wrap='truncate'>  {hint}</Text>
		</Box>
	);
}
