/* The examples of the documentation, as a shell runs them. */
import {spawn} from 'node:child_process';
import {
	chmodSync, mkdtempSync, readFileSync, writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {withUsages} from '../../scripts/readme.ts';
import {freePort} from '../helpers/loopback.ts';
import {inTime} from '../helpers/in-time.ts';
import {isInstalled} from '../helpers/program.ts';
import {skipped} from '../helpers/skipped.ts';
import {program} from '../helpers/terminal-app.ts';

const pages = ['command-line', 'rules', 'framing', 'relay', 'messages'].map(name => ({
	name, page: readFileSync(path.join(import.meta.dirname, `../../docs/${name}.md`), 'utf8'),
}));

/** Files that a page shows: their first line is a comment with their name. */
function filesOf(text: string): ReadonlyArray<readonly [name: string, contents: string]> {
	return Array.from(
		text.matchAll(/```(?:yaml|js)\n((?:#|\/\/) ([\w.-]+)\n.*?)```/gs),
		([, contents = '', name = '']) => [name, contents],
	);
}

/** A shell, and what it and its commands print. */
class Shell {
	readonly #child;
	#output = '';
	#look = (): void => undefined;
	#commands = 0;

	constructor(t: ExecutionContext, files: ReturnType<typeof filesOf>) {
		const folder = mkdtempSync(path.join(tmpdir(), 'socket-playground-examples-'));
		const command = path.join(folder, 'socket-playground');
		writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
		chmodSync(command, 0o755);
		for (const [name, contents] of files) {
			writeFileSync(path.join(folder, name), contents);
		}

		this.#child = spawn('bash', [], {
			cwd: folder,
			env: {
				...process.env, LC_ALL: 'C.UTF-8', NO_COLOR: '1', PATH: `${folder}:${process.env.PATH ?? ''}`,
			},
		});
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => {
				this.#output += text;
				this.#look();
			});
		}

		const {promise, resolve} = Promise.withResolvers<void>();
		this.#child.on('close', () => {
			resolve();
		});
		t.teardown(async () => {
			// The servers that are still there end first.
			this.#child.stdin.end('kill $(jobs -p) 2> /dev/null; wait\n');
			await promise;
		});
		this.#child.stdin.write('exec 2>&1\n');
	}

	/** Run a command, and wait until it is over. @returns what it has printed */
	async run(command: string): Promise<string> {
		const mark = `<<${++this.#commands}>>`;
		this.#child.stdin.write(`${command}\nprintf '\\n${mark}\\n'\n`);
		await this.#prints(mark);
		const text = this.#output.slice(0, this.#output.indexOf(mark));
		this.#output = this.#output.slice(text.length + mark.length);
		return text.trim();
	}

	async #prints(text: string): Promise<void> {
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#look = () => {
			if (this.#output.includes(text)) {
				resolve();
			}
		};

		this.#look();
		await inTime(promise, () => `${text} after ${this.#output}`);
	}
}

/** Times of day are those of the run. */
function withoutTimes(text: string): string {
	return text.replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, 'TIME');
}

for (const {name, page} of pages) {
	test(`the page ${name} has the usage that the program has`, t => {
		t.is(withUsages(page), page, 'npm run readme writes it anew');
	});
}

const examples = pages.flatMap(({name, page}) => Array.from(
	page.matchAll(/```console\n(.*?)```/gs),
	([, block = ''], index) => ({name: `${index + 1} of ${name}`, block, files: filesOf(page)}),
));

for (const {name, block, files} of examples) {
	test.serial(`example ${name} does what the page says`, async t => {
		if (process.platform !== 'linux' || !isInstalled('bash')) {
			skipped(t, 'the examples of the documentation need Linux and bash');
			return;
		}

		const shell = new Shell(t, files);
		const ports = [await freePort(), await freePort(), await freePort()];
		const onPorts = (text: string): string =>
			text.replaceAll(/\b900([012])\b/g, (_, which: string) => String(ports[Number(which)]));
		for (const part of onPorts(block).split(/^\$ /m).slice(1)) {
			const [command = '', ...expected] = part.trimEnd().split('\n');
			const [, protocol = '', port = ''] = /(?:serve|relay) (udp|tcp) (?:--port |:)(\d+).*&$/.exec(command) ?? [];
			const printed = await shell.run(port === '' ? command : `${command}\n${untilOpen(protocol, port)}`);
			t.is(withoutTimes(printed), withoutTimes(expected.join('\n')), `${command}`);
		}
	});
}

/** A command that settles when a socket is bound to this port (proc(5), /proc/net). */
function untilOpen(protocol: string, port: string): string {
	const hex = Number(port).toString(16).toUpperCase().padStart(4, '0');
	return `until grep -q ':${hex} 00000000:0000' /proc/net/${protocol}; do sleep 0.05; done`;
}
