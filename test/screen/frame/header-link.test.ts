import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {SceneView, ServerView} from '../../../source/engine/api/scene-view.ts';
import {presets} from '../../../source/link/presets.ts';
import {headerLine} from '../../../source/screen/frame/header-line.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {linkScene, linkView} from '../../helpers/link-scene.ts';
import {serverView} from '../../helpers/terminal-scene.ts';

function header(scene: SceneView, columns: number, words = en): string {
	return stripVTControlCharacters(headerLine(scene, columns, words)).trimEnd();
}

const perfect = linkScene(linkView());
const lossy = linkScene(linkView(presets.lossy, presets.lossy, 42));
const twoWays = linkScene(linkView(presets.satellite, {}));

test('a perfect link is said last, and first left out', t => {
	t.regex(header(perfect, 124), /reply: uppercase {2}← 0 datagrams · 0 B {2}→ 0 · 0 B {2}link: perfect$/);
	t.notRegex(header(perfect, 110), /link/);
	t.notRegex(header(perfect, 200), /simulated|seed/);
	t.regex(header(perfect, 200, ko), / {2}시뮬레이션: perfect$/);
});

test('counts of both ways stay at 80 columns: the program\'s name goes before them', t => {
	const traffic = {received: {count: 12, bytes: 60}, sent: {count: 12, bytes: 60}};
	for (const words of [en, ko]) {
		t.regex(header({...perfect, traffic}, 100, words), /← .*12.* · 60 B {2}→ 12 · 60 B$/);
		t.regex(header({...perfect, traffic}, 80, words), /← 12(?: · 60 B)? {2}→ 12(?: · 60 B)?$/);
	}
});

test('the counts of both ways are told, or none, in a window of any width', t => {
	const traffic = {received: {count: 12, bytes: 60}, sent: {count: 7, bytes: 35}};
	for (const scene of [perfect, lossy, linkScene(linkView(), {protocol: 'tcp'})]) {
		let told = 0;
		for (let columns = 60; columns < 160; columns++) {
			const line = header({...scene, traffic}, columns);
			t.is(line.includes('← 12'), line.includes('→ 7'));
			told += line.includes('→ 7') ? 1 : 0;
			t.is(/← 12[^→]* 60 B/.test(line), line.includes(' 7 · 35 B'), 'each way has its own bytes');
		}

		t.true(told > 40);
	}
});

test('one that does something is said to be simulated before all that can be left out, and has its seed in a wide window', t => {
	t.regex(header(lossy, 160), /● {2}simulated link: lossy {2}reply: uppercase .* {2}seed 42$/);
	t.regex(header(lossy, 100), /● {2}simulated link: lossy {2}reply: uppercase$/);
	t.regex(header(lossy, 160, ko), /● {2}네트워크 시뮬레이션: lossy {2}응답: uppercase .* {2}시드 42$/);
	t.regex(header(twoWays, 100), /simulated link: satellite ⇄ perfect/);
	t.regex(header(linkScene(linkView({loss: 0.25})), 100), /simulated link: custom/);
	t.regex(header(linkScene(linkView({}, {losesNext: true})), 120), /simulated link: perfect · loses next/);
});

test('what means nothing to the protocol does not count', t => {
	t.regex(header(linkScene(linkView({loss: 0.25}), {protocol: 'tcp'}), 120), / {2}link: perfect$/);
	t.regex(header(linkScene(linkView({jitter: 0.3}), {protocol: 'tcp'}), 120), / {2}link: custom$/);
	t.regex(header(linkScene(linkView({stall: true}), {protocol: 'tcp'}), 120), /simulated link: custom/);
});

test('the narrower the window, the shorter it is: the program\'s name goes before it', t => {
	t.is(
		header(linkScene(linkView(presets.mobile, presets.mobile)), 80),
		' [UDP]  TCP   server 127.0.0.1:12000 ●  simulated link: mobile  reply: uppercase',
	);
	t.is(header(lossy, 60), ' [UDP]  TCP   server 127.0.0.1:12000 ●  sim. link: lossy');
	t.is(header(twoWays, 60), ' [UDP]  TCP   server 127.0.0.1:12000 ●  sim. link');
	t.is(
		header(linkScene(linkView(presets.satellite, {losesNext: true})), 60),
		' [UDP]  TCP   server 127.0.0.1:12000 ●  sim. link',
	);
});

test('in the narrowest window neither an exposed server nor a link that does something is left unsaid', t => {
	const server = serverView({isExposed: true});
	for (const words of [en, ko]) {
		const {header: {exposed}, link: {panel}} = words;
		for (const scene of [
			linkScene(linkView(presets.lossy, {losesNext: true}), {server}),
			linkScene(linkView(presets.hostile), {
				server: undefined,
				connect: {host: 'a-long-name-of-a-host.example.com', port: 65_535},
			}),
		]) {
			const line = header(scene, 60, words);
			t.true(line.includes(panel.header.shortest));
			t.is(line.includes(exposed), scene.server !== undefined);
			t.is(textWidth(line), 60);
			t.regex(line, /…$/);
		}
	}
});

test('a closed server whose port the OS had picked has the port that its clients know, and never port 0', t => {
	const configured = {host: '127.0.0.1', port: 0};
	const server = serverView({state: {type: 'closed'}, configured});
	t.regex(header(linkScene(linkView(), {server}), 80), / 127\.0\.0\.1:12000 ○/);
	t.regex(header(linkScene(linkView(), {server, clients: []}), 80), / 127\.0\.0\.1 ○/);
});

test('where a program is to be the server, and its port is not known yet, no destination is told', t => {
	for (const words of [en, ko]) {
		const line = header(linkScene(linkView(), {server: undefined, connect: {host: '127.0.0.1', port: 0}}), 100, words);
		t.true(line.includes(` ${words.header.noServerYet} `));
		t.false(line.includes(':0'));
	}
});

test('a server that is not open yet has an empty mark, and only one of TCP closes after its reply', t => {
	const of = (changes: Partial<ServerView>, protocol: 'udp' | 'tcp' = 'udp'): string =>
		header(linkScene(linkView(), {protocol, server: serverView(changes)}), 200);
	const wanted = {host: '127.0.0.1', port: 12_000};
	t.regex(of({}), /●/);
	t.regex(of({state: {type: 'opening', wanted}}), /○/);
	const closes = (protocol: 'udp' | 'tcp'): boolean =>
		of({closeAfterReply: true}, protocol) !== of({closeAfterReply: false}, protocol);
	t.deepEqual([closes('udp'), closes('tcp')], [false, true]);
});
