import type {Experiment} from './experiment.ts';

/** Three bytes in UTF-8 (RFC 3629): ED 95 9C. */
const character = Buffer.from('한');

/**
A character of three bytes is sent in two writes: one read ends inside it, the next begins inside it, and neither is valid UTF-8 (RFC 3629
section 3). The server keeps the cut bytes until the rest has come.
*/
export const truncatedCharacter: Experiment = {
	name: 'truncated-character',
	protocol: 'tcp',
	rule: 'uppercase',
	async run(bench) {
		await bench.listen();
		const {pane} = await bench.openConversation();
		for (const [index, part] of [character.subarray(0, 2), character.subarray(2)].entries()) {
			await bench.step(); // eslint-disable-line no-await-in-loop -- Each is read before the next is sent.
			bench.send(pane, part);
			await bench.happened(bench.server, ['chunk-received'], ({number}) => number === index + 1); // eslint-disable-line no-await-in-loop
		}

		await bench.happened(pane, ['chunk-received']);
		return 'caused';
	},
};
