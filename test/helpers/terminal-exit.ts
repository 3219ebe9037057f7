import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {isPortFree} from '../../source/sockets/reserved-address.ts';
import {comesTrue} from './in-time.ts';
import {freeAddress} from './loopback.ts';
import {program, TestApp} from './terminal-app.ts';
import {temporaryFolder} from './temporary-folder.ts';

type Report = {
	readonly pid: number;
	readonly exitCode?: number;
	/** The signal that killed it, if one did. */
	readonly signal?: string;
	/** What `stty -a` says of the terminal before the program ran, and after. */
	readonly before: string;
	readonly after: string;
};

/** What run-and-report.ts has written into this file. */
export async function readReport(file: string): Promise<Report> {
	return JSON.parse(await readFile(file, 'utf8')) as Report;
}

/** The playground in a terminal, run by another program that looks at the terminal's modes before and after. */
class WatchedApp extends TestApp {
	report = '';
	/** Of both servers. */
	address: Address = {host: '', port: 0};

	/** It is there soon after the playground was started. */
	async readReport(): Promise<Report> {
		await comesTrue(() => existsSync(this.report), 60_000);
		return readReport(this.report);
	}

	/** Send a signal to the playground itself. */
	async signalProgram(signal: NodeJS.Signals): Promise<void> {
		const {pid} = await this.readReport();
		process.kill(pid, signal);
	}
}

/** Open the playground with both scenes, TCP shown. */
export async function openWatchedApp(
	t: ExecutionContext,
	env: Readonly<Record<string, string>> = {},
): Promise<WatchedApp> {
	const address = await freeAddress();
	const folder = await temporaryFolder(t);
	const report = path.join(folder, 'report.json');
	const wrapper = path.join(import.meta.dirname, '../fixtures/run-and-report.ts');
	// What a test makes the program load is not for the program around it.
	const app = new WatchedApp(t, {
		file: process.execPath,
		args: [
			wrapper,
			report,
			'env',
			...Object.entries(env).map(([name, value]) => `${name}=${value}`),
			process.execPath,
			program,
			'--host',
			address.host,
			'--port',
			String(address.port),
		],
	});
	app.report = report;
	app.address = address;
	await app.waitFor(({header}) => app.isPasteBracketed && /\[UDP].*:[1-9]\d* ●/.test(header), 'the UDP scene');
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
	app.press('\u{14}');
	await app.waitFor(
		({header, text}) => /\[TCP].*:[1-9]\d* ●/.test(header) && text.includes('ESTABLISHED'),
		'the TCP scene',
	);
	return app;
}

/** Whether an address is given back, that nobody else has (`freeAddress()`): also by what a program has left behind. */
export async function isFreed(protocol: 'udp' | 'tcp', {host, port}: Address): Promise<boolean> {
	return comesTrue(async () => isPortFree(protocol, port, host), 60_000);
}

/**
Wait for the end, and check that nothing is left of the program: the terminal is as it was, and the ports are free.

@param lateSignal - a signal that may have come when Node had ended its event loop, and hears none any more
*/
export async function checkLeftAsFound(
	t: ExecutionContext,
	app: WatchedApp,
	exitCode: number,
	lateSignal?: NodeJS.Signals,
): Promise<void> {
	await app.exit;
	const report = await app.readReport();
	const wasLate = lateSignal !== undefined && report.signal === lateSignal;
	t.is(report.signal, wasLate ? lateSignal : undefined);
	t.is(report.exitCode, wasLate ? undefined : exitCode);
	t.is(report.after, report.before);
	t.false(app.isAlternateScreen);
	t.deepEqual(app.changedModes, []);
	t.true(await isFreed('udp', app.address));
	t.true(await isFreed('tcp', app.address));
}
