/** What a server answers, in the order in which one key walks through them. */
export const replyRules = ['uppercase', 'echo', 'reverse', 'chat', 'discard', 'manual'] as const;

/** A reply rule, by its name: what a server does with a datagram, or with a chunk of a byte stream. */
export type ReplyRule = (typeof replyRules)[number];

/** The rule after this one; after the last comes the first. */
export function nextRule(rule: ReplyRule): ReplyRule {
	return replyRules[(replyRules.indexOf(rule) + 1) % replyRules.length] ?? 'uppercase';
}
