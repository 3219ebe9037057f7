import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import type {ReactElement} from 'react';

export type AddressPromptProps = {
	readonly label: string;
	readonly hint: string;
	readonly value: string;
	readonly onChange: (value: string) => void;
	readonly onSubmit: (value: string) => void;
};

/** A short prompt for an address, in the footer's line. */
export function AddressPrompt({label, hint, value, onChange, onSubmit}: AddressPromptProps): ReactElement {
	return (
		<Box height={1} overflow='hidden'>
			<Text bold> {label} </Text>
			<TextInput value={value} onChange={onChange} onSubmit={onSubmit}/>
			<Text dimColor wrap='truncate'>  {hint}</Text>
		</Box>
	);
}
