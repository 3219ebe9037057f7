import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {ExperimentName, ExperimentView} from '../../../source/engine/api/experiment.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import type {Holders} from '../../../source/sockets/reserved-address.ts';
import {experimentLines} from '../../../source/screen/overlays/laboratory/experiment-lines.ts';
import {experiments} from '../../../source/screen/overlays/laboratory/experiments.ts';
import {footerLines} from '../../../source/screen/overlays/registry.ts';
import {headerLine} from '../../../source/screen/frame/header-line.ts';
import {screenLayout} from '../../../source/screen/frame/screen-layout.ts';
import type {Mode} from '../../../source/screen/overlays/modes.ts';
import type {ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import type {Words} from '../../../source/screen/words/words.ts';
import textWidth from '../../../source/text/width/width.ts';
import {
	clientView, sceneView, screenState, serverView,
} from '../../helpers/terminal-scene.ts';

/** The longest address that the laboratory gives a socket. */
const server = serverView({state: {type: 'open', local: {host: '127.0.0.1', port: 40_001}}});
const client = clientView(1, {type: 'unbound'}, {destination: {host: '127.0.0.1', port: 40_002}});

/** The sockets beside those of the panes, of the experiments that have such. */
const holdersOf: Readonly<Partial<Record<ExperimentName, Holders>>> = {
	'tcp-refused': {type: 'connection', port: 40_002, other: 40_003},
	'udp-refused': {type: 'itself', port: 40_002},
	'udp-connected-refused': {type: 'itself', port: 40_002},
	'address-in-use': {type: 'listener', port: 40_001},
	'connect-timeout': {type: 'full-queue', port: 40_002, connections: 8},
};

function laboratory(experiment: Partial<ExperimentView> = {}, changes: Partial<SceneView> = {}): SceneView {
	return sceneView({
		name: 'laboratory',
		protocol: 'tcp',
		server,
		clients: [client, clientView(2, {type: 'unbound'})],
		experiment: {
			name: 'tcp-refused', isDone: false, outcome: undefined, facts: {}, ...experiment,
		},
		...changes,
	});
}

function stateOf(scene: SceneView, changes: Partial<ScreenState> = {}): ScreenState {
	return screenState(scene, {isExperimenting: true, scenes: {laboratory: scene}, ...changes});
}

function linesOf(scene: SceneView, changes: Partial<ScreenState> = {}, footerRows = 1, words: Words = en): string[] {
	return experimentLines(stateOf(scene, changes), scene, footerRows, words).map(line =>
		stripVTControlCharacters(line));
}

for (const [language, words] of Object.entries({en, ko})) {
	test(`in ${language} every experiment is explained whole, in at most four lines of 80 columns, and one on the sockets that only ss shows, beneath its title`, t => {
		for (const {name} of experiments) {
			for (const [columns, rows] of [
				[60, 16],
				[80, 24],
				[160, 50],
			] as const) {
				const holders = holdersOf[name];
				const scene = laboratory({name, facts: {holders}});
				const [title = '', ...text] = linesOf(scene, {columns, rows}, 1, words);
				t.true([title, ...text].every(line => textWidth(line) === columns));
				t.true(
					title.includes(words.laboratory.experiments[name].name) && title.includes(words.laboratory.running),
					`the title reads ${title}`,
				);
				const places = {client: '(\'127.0.0.1\', 40002)', server: '(\'127.0.0.1\', 40001)', host: '127.0.0.1'};
				t.is(
					text.map(line => line.trim()).join(' '),
					[...words.laboratory.experiments[name].explain(places), ...(holders ? [words.laboratory.holders(holders)] : [])].join(' '),
					`${name} at ${columns}`,
				);
				t.true(columns < 80 || text.length <= (holders ? 5 : 4), `${name} takes ${text.length} lines`);
			}
		}
	});
}

test('where the window is too small for all lines, the title says how many there are besides, and what shows them', t => {
	const scene = laboratory({name: 'message-too-long'});
	const [title = '', ...text] = linesOf(scene, {columns: 60, rows: 16});
	const isCut = (line: string, isLetters: boolean, words: Words = en): boolean =>
		[1, 2, 3, 4, 5].some(hidden => line.trimEnd().endsWith(words.laboratory.more(hidden, isLetters)));
	t.false(isCut(title, false));
	const [cut = '', ...rest] = linesOf(scene, {columns: 60, rows: 16}, 4);
	t.true(rest.length < text.length);
	const count = text.length - rest.length;
	t.true(cut.trimEnd().endsWith(en.laboratory.more(count, false)), cut);
	t.is(textWidth(cut), 60);
	for (const words of [en, ko]) {
		const [beside = ''] = linesOf(scene, {columns: 60, rows: 16, mode: {type: 'commands'}}, 4, words);
		t.true(isCut(beside, true, words), 'the letters go, and the lines come');
	}
});

test('the title says when all has been tried, and the lines what this machine allows', t => {
	const [title = '', ...text] = linesOf(laboratory({name: 'permission-denied', isDone: true, outcome: 'allowed'}), {
		columns: 80,
		rows: 24,
	});
	t.regex(title, /^ LABORATORY {2}permission denied · done +$/);
	t.regex(text.join(' '), /^ This machine allowed it: .*bind\(/);
	t.notRegex(
		linesOf(laboratory({name: 'permission-denied', isDone: true, outcome: 'caused'})).join(''),
		/This machine/,
	);
	t.regex(linesOf(laboratory())[0] ?? '', /under way …/);
});

test('the facts of this run are told as soon as they are known: an errno, a time, a state, where the bytes are', t => {
	const failure = {code: 'EAI_AGAIN', syscall: 'getaddrinfo', message: 'getaddrinfo EAI_AGAIN'};
	const told = (view: Partial<ExperimentView>): string =>
		linesOf(laboratory({isDone: true, ...view}), {columns: 80, rows: 24})
			.map(line => line.trim())
			.join(' ');
	t.regex(told({name: 'unknown-host', facts: {failure}}), / Here: EAI_AGAIN\.$/);
	t.regex(told({name: 'connect-timeout', facts: {waited: 3001}}), / Here connect\(\) was given up after 3\.0 s\.$/);
	t.regex(told({name: 'message-too-long', facts: {length: 65_507}}), / Here 65,507 B were sent\.$/);
	t.regex(
		told({name: 'time-wait', facts: {state: 'TIME_WAIT', address: {host: '127.0.0.1', port: 40_003}}}),
		/table says TIME_WAIT at port 40003\.$/,
	);
	t.regex(told({name: 'time-wait'}), /tables cannot be read here/);
	t.regex(
		told({
			name: 'no-reader',
			facts: {
				length: 3_000_000,
				queues: {
					receive: 2_000_000,
					send: 900_000,
					readAhead: 65_536,
					waiting: 34_464,
				},
			},
		}),
		/ Here 2\.9 MiB were written: 1\.9 MiB in the receive queue, 878\.9 KiB in the send queue, 64\.0 KiB read ahead by Node, 33\.7 KiB in this program\.$/,
	);
	t.regex(told({name: 'no-reader', facts: {length: 10}}), / Here 10 B were written\.$/);
	t.regex(told({name: 'no-reader', isDone: false, facts: {length: 10}}), / Here 10 B were written\.$/);
	for (const {name} of experiments) {
		t.notRegex(told({name, isDone: false}), /[Hh]ere:|Here .* \d|read here|undefined/);
		t.notRegex(told({name, outcome: 'failed', facts: {failure, length: 10, waited: 10}}), /Here/);
	}
});

test('what could not be caused says what the system said instead', t => {
	const lines = linesOf(laboratory({
		isDone: true,
		outcome: 'failed',
		facts: {failure: {code: 'EMFILE', syscall: 'bind', message: 'bind EMFILE'}},
	}));
	t.is(lines[1]?.trim(), 'It could not be caused here: bind EMFILE.');
});

test('addresses are those of the sockets, unless the experiment names one, and none before its port is known', t => {
	t.true(linesOf(laboratory({name: 'tcp-refused'}))[1]?.includes('connect((\'127.0.0.1\', 40002)) → ECONNREFUSED'));
	t.true(linesOf(laboratory({name: 'address-in-use'}, {clients: []}))[1]?.includes('bind((\'127.0.0.1\', 40001)) → EADDRINUSE'));
	const closed = serverView({state: {type: 'closed'}, configured: {host: '127.0.0.1', port: 0}});
	t.true(linesOf(laboratory({name: 'permission-denied'}, {server: closed, clients: []}))[1]?.includes('bind(…) → EACCES'));
	const address = {host: '127.0.0.1', port: 7};
	t.true(linesOf(laboratory({name: 'permission-denied', facts: {address}}, {server: closed}))[1]?.includes('bind((\'127.0.0.1\', 7)) → EACCES'));
	const named = [clientView(1, {type: 'closed'}, {destination: {host: 'nobody.invalid', port: 80}})];
	t.true(linesOf(laboratory({name: 'unknown-host'}, {server: undefined, clients: named}))[1]?.includes('getaddrinfo(\'nobody.invalid\')'));
	t.true(linesOf(laboratory({name: 'connect-timeout'}, {server: undefined, clients: []}))[1]?.includes('connect(…)'));
});

test('nothing is explained where there is no experiment, or where something is drawn over the panes', t => {
	t.deepEqual(linesOf(laboratory({}, {experiment: undefined})), []);
	const modes: readonly Mode[] = [
		{type: 'help-page', top: 0},
		{type: 'flow-diagram', ends: []},
		{type: 'experiment-list', chosen: 0},
	];
	for (const mode of modes) {
		t.deepEqual(linesOf(laboratory(), {mode}), []);
	}
});

test('a long footer takes its rows from the explanation, so that the panes stay where they are', t => {
	for (const {name} of experiments) {
		const scene = laboratory({name});
		const boxes = (mode: Mode): unknown => screenLayout(stateOf(scene, {columns: 80, rows: 24, mode}), scene, en);
		const footer = footerLines(stateOf(scene, {columns: 80, rows: 24, mode: {type: 'commands'}}), scene, en);
		t.true(footer.length > 2);
		const rows = linesOf(scene, {columns: 80, rows: 24}).length;
		t.true(footer.length <= rows, `${footer.length} rows of footer, ${rows} of explanation`);
		t.deepEqual(boxes({type: 'commands'}), boxes({type: 'typing'}));
		t.is(linesOf(scene, {columns: 80, rows: 24}, 20).length, 1);
	}
});

test('at 80x24 server and client both have rows above every explanation; in a lower window the focused one has them all', t => {
	for (const words of [en, ko]) {
		for (const {name} of experiments) {
			const scene = laboratory({
				name,
				isDone: true,
				outcome: 'allowed',
				facts: {
					waited: 3000,
					length: 3_000_000,
					queues: {
						receive: 2_000_000,
						send: 900_000,
						readAhead: 65_536,
						waiting: 65_536,
					},
				},
			});
			for (const [columns, rows, isWhole] of [
				[80, 24, true],
				[160, 50, true],
				[60, 16, false],
			] as const) {
				const state = stateOf(scene, {columns, rows});
				const {server: upper, clients} = screenLayout(state, scene, words);
				t.is(Boolean(upper), isWhole, `${name} at ${columns}x${rows}`);
				t.true([...(upper ? [upper] : []), ...clients].every(({height}) => height >= 6));
				const beneath
					= experimentLines(state, scene, 1, words).length + footerLines(state, scene, words).length;
				t.is(Math.max(...clients.map(({y, height}) => y + height)), rows - beneath);
			}
		}
	}
});

test('the header says that this is the laboratory, and of which protocol', t => {
	const header = stripVTControlCharacters(headerLine(laboratory(), 80, en));
	t.regex(header, /^ \[LABORATORY · TCP] {2}server 127\.0\.0\.1:40001 ●/);
	t.notRegex(header, / UDP /);
});

test('the footer says how to end it and how to quit, however narrow the window is', t => {
	const scene = laboratory();
	for (const columns of [60, 80, 160]) {
		const [line = '', ...others] = footerLines(stateOf(scene, {columns}), scene, en).map(text =>
			stripVTControlCharacters(text));
		t.deepEqual(others, []);
		t.regex(line, /Esc e back to the list.*quit/);
	}
});
