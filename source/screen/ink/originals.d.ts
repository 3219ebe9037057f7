/** Ink's own modules. The build finds them under these names where it replaces them by modules of this folder. */

declare module 'ink-output-original' {
	type Transformer = (line: string, index: number) => string;

	export default class Output {
		constructor(size: {readonly width: number; readonly height: number});
		write(x: number, y: number, text: string, options: {readonly transformers: readonly Transformer[]}): void;
		clip(clip: unknown): void;
		unclip(): void;
		get(): {output: string; height: number};
	}
}

declare module 'ink-sanitize-original' {
	export default function sanitizeAnsi(text: string): string;
}
