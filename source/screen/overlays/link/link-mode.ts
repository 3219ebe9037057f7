import type {LinkPlace} from './link-rows.ts';

/** The link panel is shown. A notice says why the last key did nothing. */
export type LinkMode = {readonly type: 'link'; readonly place: LinkPlace; readonly notice?: string};

/**
One of the link panel's short prompts is open: for another value of what is chosen, or for another seed. Then the panel
is shown again.
*/
export type LinkPromptMode = {
	readonly type: 'link-value' | 'link-seed';
	readonly place: LinkPlace;
	readonly value: string;
	readonly isReady: boolean;
	/** Why what was typed is not taken. */
	readonly problem?: string;
};

/** Whether the link panel is shown, with a prompt or without. */
export function isLinkMode(mode: {readonly type: string}): mode is LinkMode | LinkPromptMode {
	return mode.type === 'link' || isLinkPrompt(mode);
}

/** Whether one of the link panel's prompts is open. */
export function isLinkPrompt(mode: {readonly type: string}): mode is LinkPromptMode {
	return mode.type === 'link-value' || mode.type === 'link-seed';
}
