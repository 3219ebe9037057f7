/** Say something on standard error, or on another output. Where its reader has closed that, nobody hears it. */
export function complain(text: string, output: NodeJS.WriteStream = process.stderr): void {
	output.off('error', ignore).on('error', ignore).write(text);
}

function ignore(): void {
	// Who has closed it wants to know no more, and there is nowhere else to say so.
}
