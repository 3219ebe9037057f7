import {replyRules, replyTo} from '../replies/reply-rule.ts';

/**
Load what the first message would otherwise wait for: the tables of graphemes and emoji alone take some 40 ms, which
the first round-trip time on screen would include.
*/
export function warmUp(): void {
	const sample = Buffer.concat([
		Buffer.from('a\u{E9} \u{D55C}\u{AE00} \u{1F44D}\u{1F3FD}\n\u{202E}'),
		Buffer.of(0xFF),
	]);
	for (const bytes of [sample, sample.subarray(0, -1)]) {
		for (const rule of replyRules) {
			replyTo(rule, bytes);
		}
	}
}
