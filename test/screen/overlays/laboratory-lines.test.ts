import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {keyBindings} from '../../../source/screen/input/keys.ts';
import {experiments} from '../../../source/screen/overlays/laboratory/experiments.ts';
import {laboratoryLines, nameColumns} from '../../../source/screen/overlays/laboratory/laboratory.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';

const plain = (lines: readonly string[]): string[] => lines.map(line => stripVTControlCharacters(line));

test('every experiment has a key of its own, of one character, and none has the one that leaves the list', t => {
	t.is(experiments.length, 16);
	t.is(new Set(experiments.map(({key}) => key)).size, 16);
	const leaving = keyBindings.find(({id}) => id === 'laboratory')?.letter;
	t.true(experiments.every(({key}) => key.length === 1 && key !== leaving));
});

for (const [language, words] of Object.entries({en, ko})) {
	test(`in ${language} every experiment shows whole in the list, at 60, 80 and 160 columns`, t => {
		for (const columns of [60, 80, 160]) {
			const lines = plain(laboratoryLines(0, columns, 18, words));
			t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([columns]));
			for (const [index, {name, key}] of experiments.entries()) {
				const {name: title, sign} = words.laboratory.experiments[name];
				t.true(title.length > 0 && textWidth(title) <= nameColumns, `${title} is too long`);
				const line = lines[index + 2] ?? '';
				t.true(
					line.slice(1).startsWith(`${key} ${title} `) && line.trimEnd().endsWith(`  ${sign}`),
					`it reads ${line}`,
				);
			}

			t.false(lines[0]?.includes('…'));
		}
	});
}

test('the chosen one is marked, without colour too, and nothing else', t => {
	const lines = plain(laboratoryLines(4, 80, 22, en));
	t.deepEqual(lines.filter(line => line.includes('▸')), [lines[6]]);
	t.regex(lines[6] ?? '', /^▸5 permission denied/);
});

test('where not all fit, the chosen one shows, and how many stand above and below', t => {
	for (const rows of [1, 3, 8, 14]) {
		for (const chosen of experiments.keys()) {
			const lines = plain(laboratoryLines(chosen, 60, rows, en));
			t.is(lines.length, rows);
			t.is(lines.filter(line => line.startsWith('▸')).length, rows < 3 ? 0 : 1);
			const shown = Math.max(1, rows - 2);
			const above = Number(/↑ (\d+)/.exec(lines[1] ?? '')?.[1] ?? 0);
			const below = Number(/↓ (\d+)/.exec(lines[1] ?? '')?.[1] ?? 0);
			t.is(rows < 3 ? 16 : above + shown + below, 16);
		}
	}

	t.is(plain(laboratoryLines(0, 60, 18, en))[1]?.trim(), '');
});
