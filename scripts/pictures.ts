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
			app.send('안녕 you');
			await app.waitForPane('CLIENT 2', '안녕 YOU');
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

/** Take one picture. The program ends when it is taken. */
async function takePicture({name, title, args, use: prepare}: Scenario): Promise<void> {
	const endings: Array<() => unknown> = [];
	const app = await openApp({
		timeout: Object.assign(() => undefined, {clear: () => undefined}),
		teardown(ending) {
			endings.push(ending);
		},
	}, {args, ...size});
	try {
		await prepare(app);
		await writeFile(path.join(folder, `${name}.svg`), screenSvg(app.buffer, size.columns, size.rows, title));
		await app.quit();
	} finally {
		await Promise.all(endings.map(async ending => ending()));
	}
}

await mkdir(folder, {recursive: true});
await Promise.all(scenarios.map(async scenario => takePicture(scenario)));
