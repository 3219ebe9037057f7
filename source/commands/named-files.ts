/* Files that the command line names: reply rules and saved messages. */
import {statSync} from 'node:fs';
import path from 'node:path';
import type {PlaygroundOptions} from '../engine/api/command.ts';
import type {SavedSequence} from '../messages/message.ts';
import {
	fileRule, isRuleTable, namedRules, type ReplyRule,
} from '../replies/reply-rule.ts';
import {lineEndings} from '../screen/input/line/draft.ts';
import {codecOf} from '../text/encoding/codec.ts';
import {asError} from '../text/as-error.ts';
import {UsageError} from './tokens.ts';
import {choiceOf, taking} from './values.ts';

/** A reply rule by its name, or the path of a file with rules: it has a folder in it, or an extension. */
export function readRule(flag: string, value: string): Pick<PlaygroundOptions, 'reply' | 'rulesFile'> {
	if (!/[/\\]|\.(?:ya?ml|[mc]?js)$/.test(value)) {
		return {reply: choiceOf<ReplyRule>(namedRules)(flag, value)};
	}

	checkFile(flag, value);
	return {reply: fileRule, rulesFile: path.resolve(value)};
}

/**
Check a table of rules before anything is opened. What is wrong with a module shows when it is loaded.

@throws UsageError with what is wrong with the table: each problem on a line of its own, `file:line:column: message`
*/
export async function checkRules(playground: Pick<PlaygroundOptions, 'rulesFile' | 'encoding'>): Promise<void> {
	const {rulesFile, encoding} = playground;
	if (rulesFile === undefined || !isRuleTable(rulesFile)) {
		return;
	}

	// Only who has such a file waits for what reads it.
	const {readRuleTable} = await import('../engine/scene/rules-file.ts');
	try {
		await readRuleTable(rulesFile, codecOf(encoding));
	} catch (error) {
		throw new UsageError(asError(error), {flag: '--reply'});
	}
}

export function readMessagesFile(flag: string, value: string): string {
	checkFile(flag, taking(['yamlPath'], file => file || undefined)(flag, value));
	return path.resolve(value);
}

/** @throws UsageError where that is no file that can be read again whenever it changes */
function checkFile(flag: string, file: string): void {
	const stats = statSync(file, {throwIfNoEntry: false});
	if (!stats?.isFile()) {
		throw new UsageError([stats ? 'noRegularFile' : 'noSuchFile', flag, file]);
	}
}

/**
The saved messages of a file.

@throws UsageError with what is wrong with it: each problem on a line of its own, `file:line:column: message`
*/
export async function loadMessages(file: string): Promise<readonly SavedSequence[]> {
	// Only who has such a file waits for what reads it.
	const {readMessages} = await import('../messages/messages-file.ts');
	try {
		return await readMessages(file, lineEndings);
	} catch (error) {
		throw new UsageError(asError(error), {flag: '--messages'});
	}
}
