import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {conditionsOf} from '../../../source/link/conditions.ts';
import {presets} from '../../../source/link/presets.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {type LinkColumn, linkRows, type LinkRow} from '../../../source/screen/overlays/link/link-rows.ts';
import type {LinkMode, LinkPromptMode} from '../../../source/screen/overlays/modes.ts';
import {bodyRows} from '../../../source/screen/overlays/registry.ts';
import {linkHeight, linkLines} from '../../../source/screen/overlays/link/link-lines.ts';
import {wrap} from '../../../source/screen/frame/paint.ts';
import {drawBody, drawFooter} from '../../../source/screen/frame/renderers.ts';
import {queriesFor} from '../../../source/screen/state/queries.ts';
import {screenLayout} from '../../../source/screen/frame/screen-layout.ts';
import {en} from '../../../source/screen/words/en.ts';
import {emptyDraft} from '../../../source/screen/input/line/draft.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import type {Words} from '../../../source/screen/words/words.ts';
import {linkScene, linkView} from '../../helpers/link-scene.ts';
import {screenState} from '../../helpers/terminal-scene.ts';

const sizes = [[60, 14], [60, 13], [80, 21], [160, 47], [60, 1]] as const;

function mode(row: LinkRow = 'preset', column: LinkColumn = 'both', notice?: string): LinkMode {
	return {type: 'link-panel', place: {row, column}, notice};
}

function prompt(row: LinkRow, problem?: string, type: LinkPromptMode['type'] = 'link-value'): LinkPromptMode {
	return {
		type, place: {row, column: 'both'}, draft: emptyDraft, problem,
	};
}

function plain(
	scene: SceneView,
	shown: LinkMode | LinkPromptMode,
	columns = 80,
	rows = 22,
	words: Words = en,
): string[] {
	return linkLines(scene, shown, columns, rows, words).map(line => stripVTControlCharacters(line).trimEnd());
}

/** A row of the table as its name and its two values. */
function row(lines: readonly string[], name: string): string | undefined {
	return lines.find(line => line.slice(2).startsWith(name))?.trim().replaceAll(/ {2,}/g, ' | ');
}

test('it says that it is simulated, whose sends it is for, and the seed', t => {
	t.regex(
		plain(linkScene(linkView({}, {}, 42)), mode())[0] ?? '',
		/^ SIMULATED LINK {3}for what this program's UDP sockets send +seed 42$/,
	);
	t.regex(plain(linkScene(linkView(), {protocol: 'tcp'}), mode())[0] ?? '', /for what this program's TCP sockets send/);
	t.regex(
		plain(linkScene(linkView(), {name: 'laboratory'}), mode())[0] ?? '',
		/laboratory, for what this program's UDP sockets send/,
	);
	const korean = plain(linkScene(linkView({}, {}, 42)), mode(), 80, 22, ko)[0] ?? '';
	t.true(korean.startsWith(` ${ko.link.panel.title}   ${ko.link.panel.about('udp', false, false)} `));
	t.regex(korean, /^ 네트워크 시뮬레이션 .*UDP.* 시드 42$/);
});

test('over UDP it has a row for each condition of datagrams, with both directions', t => {
	const lines = plain(
		linkScene(linkView(
			{...presets.lossy, datagrams: 3, bytes: 120},
			{corruption: 0.25, rate: 1500, losesNext: true},
		)),
		mode('loss', 'to-clients'),
	);
	t.regex(lines[2] ?? '', /^ +clients → server +server → clients$/);
	t.is(row(lines, 'preset'), 'preset | lossy | custom');
	t.is(row(lines, 'loss'), '▸ loss | 30 % | [0 %]');
	t.is(row(lines, 'delay'), 'delay | 100 ms | 0 ms');
	t.is(row(lines, 'jitter'), 'jitter | 50 % | 0 %');
	t.is(row(lines, 'duplication'), 'duplication | 0 % | 0 %');
	t.is(row(lines, 'reordering'), 'reordering | 0 % | 0 %');
	t.is(row(lines, 'corruption'), 'corruption | 0 % | 25 %');
	t.is(row(lines, 'rate'), 'rate | none | 1.5 kB/s');
	t.is(row(lines, 'queue'), 'queue | 64 KiB | 64 KiB');
	t.is(row(lines, 'lose the next one'), 'lose the next one | — | ordered');
	t.is(row(lines, 'on the link now'), 'on the link now | 3 · 120 B | 0');
	t.notRegex(lines.join('\n'), /slice|pause|stall|TCP/);
});

test('over TCP it has those of a byte stream, and says why bytes cannot be dropped', t => {
	const lines = plain(
		linkScene(linkView({...presets.hostile, stall: true, bytes: 70_000}, {}), {protocol: 'tcp'}),
		mode('stall', 'to-server'),
	);
	t.deepEqual(
		['preset', 'delay', 'jitter', 'rate', 'slice', 'pause', 'stall', 'on the link now'].map(name =>
			row(lines, name)),
		[
			'preset | custom | perfect',
			'delay | 200 ms | 0 ms',
			'jitter | 90 % | 0 %',
			'rate | 32 KiB/s | none',
			'slice | 4 B | none',
			'pause | 10 ms | 0 ms',
			'▸ stall | [on] | off',
			'on the link now | 68.4 KiB | 0',
		],
	);
	t.true(lines.includes('  TCP bytes cannot be dropped here: loss below TCP shows up as delay.'));
	t.notRegex(lines.join('\n'), /corruption|queue|lose the next/);
});

test('what is chosen stands in brackets: one direction, or both', t => {
	const scene = linkScene(linkView({loss: 0.1}, {loss: 0.2}));
	t.is(row(plain(scene, mode('loss', 'both')), 'loss'), '▸ loss | [10 %] | [20 %]');
	t.is(row(plain(scene, mode('loss', 'to-server')), 'loss'), '▸ loss | [10 %] | 20 %');
});

test('without a server of the playground it says that server → clients does nothing', t => {
	t.regex(
		plain(linkScene(linkView(), {server: undefined}), mode()).join(' '),
		/The server is another program: server → clients does nothing\./,
	);
	t.notRegex(plain(linkScene(linkView()), mode()).join(' '), /The server is another program/);
});

test('a preset is told in a few words, and other conditions by their values for this protocol', t => {
	const text = plain(linkScene(linkView(presets.lossy, presets.wifi)), mode()).join(' ').replaceAll(/ +/g, ' ');
	t.regex(text, / lossy: 30 % lost and 100 ms, each way\. wifi: a busy wireless network\. p is the next/);
	const overTcp = (name: 'pinger' | 'lossy', words: Words = en): string =>
		plain(
			linkScene(linkView(presets[name], name === 'pinger' ? {} : presets[name]), {protocol: 'tcp'}),
			mode(),
			80,
			30,
			words,
		).join(' ').replaceAll(/ +/g, ' ');
	for (const words of [en, ko]) {
		const {panel} = words.link;
		t.true(overTcp('pinger', words).includes(`pinger: ${panel.presets.pinger}; ${panel.overTcp('perfect')}.`));
		t.true(overTcp('lossy', words).includes(panel.overTcp('100 ms ± 50 %')));
		t.true(overTcp('lossy', words).includes(panel.notSimulated));
		t.false(plain(linkScene(linkView()), mode(), 80, 30, words).join(' ').includes(panel.notSimulated));
	}

	const custom = linkView({loss: 0.2, delay: 3});
	t.regex(plain(linkScene(custom), mode()).join('\n'), /custom: loss 20 % · 3 ms\./);
	t.regex(plain(linkScene(custom, {protocol: 'tcp'}), mode()).join('\n'), /custom: 3 ms\./);
});

test('the chosen row is explained; in a prompt stands what it takes, then what is wrong; and why a key did nothing', t => {
	const scene = linkScene(linkView());
	const text = (shown: LinkMode | LinkPromptMode): string => plain(scene, shown).join(' ').replaceAll(/ +/g, ' ');
	t.regex(text(mode('loss')), /The share that is lost\. Watch:/);
	t.regex(text(prompt('loss')), / loss takes 0 to 1, or 0% to 100%\./);
	t.regex(text(prompt('loss', 'all wrong')), /✗ all wrong/);
	t.regex(text(prompt('preset')), /perfect: does nothing\./);
	t.regex(text(prompt('loss', undefined, 'link-seed')), /a whole number from 0 to 4294967295/);
	t.regex(text(mode('loss', 'both', 'nothing to lose')), /nothing to lose/);
	t.notRegex(text(mode('loss', 'both', 'nothing to lose')), /share that is lost/);
});

test('what explanations quote from the rows is what the rows say', t => {
	const rowsSay = (words: typeof en): string[] => [
		...Object.values(words.link.losses), words.link.copies(2), words.link.onTheLink(1), words.link.heldBack,
	];
	for (const words of [en, ko]) {
		const quotes = (['udp', 'tcp'] as const).flatMap(protocol =>
			conditionsOf[protocol].flatMap(name =>
				[...words.link.panel.explained(protocol, name).matchAll(/"([^"]+)"/g)].map(([, quote = '']) => quote)));
		t.true(quotes.length > 3);
		t.deepEqual(quotes.filter(quote => !rowsSay(words).some(text => text.includes(quote))), []);
	}
});

for (const words of [en, ko]) {
	for (const changes of [
		{},
		{server: undefined},
		{protocol: 'tcp' as const},
		{protocol: 'tcp' as const, server: undefined},
	]) {
		const scene = linkScene(
			linkView(
				{
					...presets.hostile,
					stall: true,
					datagrams: 1234,
					bytes: 20_000_000,
				},
				{loss: 1 / 3, delay: 1.5},
				4_294_967_295,
			),
			changes,
		);
		const name = `${words.link.panel.title}, ${scene.protocol}, ${scene.server ? 'with' : 'without'} a server of the playground`;
		test(`it fills exactly the rows and columns that it has, with the chosen row among them: ${name}`, t => {
			const problem = words.link.panel.problem({type: 'unknown', part: 'x'});
			const modes = linkRows(scene.protocol).flatMap(name => [mode(name), prompt(name, problem)]);
			for (const shown of modes) {
				for (const [columns, rows] of sizes) {
					const lines = linkLines(scene, shown, columns, rows, words);
					t.is(lines.length, rows);
					t.deepEqual(
						new Set(lines.map(line => textWidth(stripVTControlCharacters(line)))),
						new Set([columns]),
					);
					const chosen = `▸ ${words.link.panel.rows[shown.place.row]} `;
					t.true(rows === 1 || lines.some(line => stripVTControlCharacters(line).startsWith(chosen)));
				}
			}
		});
	}
}

test('what is wrong with a typed value is told once, in the panel', t => {
	const scene = linkScene(linkView());
	for (const words of [en, ko]) {
		const {problem: say, wrongSeed} = words.link.panel;
		for (const [problem, type] of [[say({type: 'unknown', part: 'x'}), 'link-value'], [wrongSeed, 'link-seed']] as const) {
			for (const [columns, rows] of [[80, 24], [160, 50]] as const) {
				const input = {
					state: {
						...screenState(scene), columns, rows, mode: prompt('loss', problem, type),
					},
					scene,
					words,
				};
				const footer = drawFooter(input);
				const taken = bodyRows(input, footer.length);
				const drawn = [...drawBody(input, taken === 'all' ? rows - 1 - footer.length : taken), ...footer];
				const text = drawn.map(line => stripVTControlCharacters(line)).join(' ').replaceAll(/ +/g, ' ');
				t.is(text.split(problem.replaceAll(/ +/g, ' ')).length, 2, text);
			}
		}
	}
});

test('no explanation is cut in the smallest window, and where not all rows fit it says how many are above and below', t => {
	for (const words of [en, ko]) {
		for (const protocol of ['udp', 'tcp'] as const) {
			const scene = linkScene(linkView(), {protocol});
			for (const name of conditionsOf[protocol]) {
				const text = plain(scene, mode(name), 60, 13, words).join('\n');
				const about = wrap(words.link.panel.explained(protocol, name), 57);
				t.true(about.every(line => text.includes(line)));
				t.true(about.length <= 2);
			}
		}
	}

	const head = (name: LinkRow): string => plain(linkScene(linkView()), mode(name), 60, 13)[1] ?? '';
	t.regex(head('preset'), /^ +↓ 2 +clients/);
	t.regex(head('reordering'), /^ +↑ 1 ↓ 1 +clients/);
	t.regex(head('next'), /^ +↑ 2 +clients/);
	t.regex(plain(linkScene(linkView()), mode(), 80, 21)[2] ?? '', /^ +clients/);
});

for (const [rows, isDocked] of [[24, false], [31, false], [32, true], [50, true]] as const) {
	test(`a window of ${rows} rows shows ${isDocked ? 'the panes above it' : 'only the panel'}`, t => {
		const scene = linkScene(linkView());
		const state = screenState(scene, {columns: 120, rows, mode: mode()});
		const docked = Number(isDocked && bodyRows({state, scene, words: en}, 1));
		t.is(bodyRows({state, scene, words: en}, 1) === 'all', !isDocked);
		t.is(queriesFor(state, en).length, 4);
		t.is(screenLayout(state, scene, en).server?.height, rows - 2 - docked);
		t.true(docked === 0 || docked >= linkHeight(scene, 120, en));
		// A prompt takes one row of the footer's two; the panes stay.
		const prompting = screenState(scene, {columns: 120, rows, mode: prompt('loss')});
		t.is(bodyRows({state: prompting, scene, words: en}, 2), isDocked ? docked - 1 : 'all');
	});
}

test('while the panel is not shown it takes no rows', t => {
	const scene = linkScene(linkView());
	t.is(bodyRows({state: screenState(scene, {columns: 120, rows: 50}), scene, words: en}, 1), 0);
});
