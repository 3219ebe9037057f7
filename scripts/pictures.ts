/* Make the readme's pictures: run the program in a terminal, use it, and draw what the terminal shows. */
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {openApp, keys, type TestApp} from '../test/helpers/terminal-app.ts';
import {screenSvg} from './screen-svg.ts';

const folder = path.join(import.meta.dirname, '../docs');
const size = {columns: 120, rows: 30};

/** What is done before the picture is taken. */
type Scenario = {readonly name: string; readonly title: string; readonly args: readonly string[]; readonly use: (app: TestApp) => Promise<void>};

const scenarios: readonly Scenario[] = [
	{
		name: 'udp',
		title: 'socket-playground in UDP: one socket serves two clients',
		args: ['--protocol', 'udp'],
		async use(app) {
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.send(String.raw`tab\tand \xff`);
			await app.waitForPane('CLIENT 1', 'TAB');
			app.press(keys.tab);
			app.send('안녕, sockets');
			await app.waitForPane('CLIENT 2', '안녕, SOCKETS');
			app.press('hello again');
			await app.waitForPane('CLIENT 2', 'hello again');
		},
	},
	{
		name: 'tcp',
		title: 'socket-playground in TCP: a welcoming socket, and a connection socket for each client',
		args: ['--protocol', 'tcp'],
		async use(app) {
			await app.waitForPane('SERVER', /connection 2.*ESTABLISHED/);
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press(keys.tab);
			app.send('👋 a byte stream');
			await app.waitForPane('CLIENT 2', 'A BYTE STREAM');
			app.press(keys.ctrl('d'));
			await app.waitForPane('SERVER', 'connection 2 FIN received');
			await app.waitForPane('CLIENT 2', 'closed');
		},
	},
];

await mkdir(folder, {recursive: true});
for (const {name, title, args, use} of scenarios) {
	const endings: Array<() => unknown> = [];
	const host = {
		teardown(ending: () => unknown): void {
			endings.push(ending);
		},
	};
	const app = await openApp(host, {args, ...size});
	await use(app);
	await writeFile(path.join(folder, `${name}.svg`), screenSvg(app.buffer, size.columns, size.rows, title));
	await app.quit();
	for (const ending of endings) {
		await ending();
	}
}
