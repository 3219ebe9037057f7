import type {Protocol} from '../../../log/event.ts';
import type {Words} from '../../words/words.ts';

/** The keys of the link panel, and what each does. */
export function linkHints(
	protocol: Protocol,
	words: Words,
): ReadonlyArray<{readonly key: string; readonly label: string}> {
	const {keys} = words.link.panel;
	return [
		{key: '↑ ↓', label: keys.row},
		{key: '← →', label: keys.column},
		{key: 'Enter', label: keys.change},
		{key: '+ -', label: keys.step},
		{key: 'p', label: keys.preset},
		{key: '0', label: keys.perfect},
		...(protocol === 'udp' ? [{key: 'n', label: keys.loseNext}] : []),
		{key: 's', label: keys.seed},
		{key: 'r', label: keys.randomSeed},
		{key: 'Esc', label: words.footer.close},
	];
}
