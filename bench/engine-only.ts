/*
The engine without a screen, in a process of its own: its first client sends, and tells the round-trip times that its
pane would show.
*/
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {EngineClient} from '../source/engine/client.ts';
import type {View} from '../source/engine/api/view.ts';
import type {Views} from '../source/engine/api/messages.ts';
import type {Query} from '../source/engine/api/query.ts';
import {perfect} from '../source/link/conditions.ts';
import {distribution} from './terminal.ts';
import {serveJobs} from './helper-process.ts';

export type EngineJob = {
	readonly port: number;
	readonly messages: number;
	/** Milliseconds between two messages. */
	readonly interval: number;
};

let engine: EngineClient | undefined;

serveJobs(async ({port, messages, interval}: EngineJob): Promise<number[]> => {
	if (!engine) {
		engine = new EngineClient(pathToFileURL(path.join(distribution, 'engine.js')));
		engine.start({
			host: '127.0.0.1', port, reply: 'echo', closeAfterReply: false, clients: 2, link: perfect, seed: 1,
		});
		await engine.execute({type: 'open-scene', protocol: 'udp'}).answer;
	}

	const scene = await view(engine, {type: 'scene', scene: 'udp', peers: 0});
	const pane = scene?.type === 'scene' ? scene.clients[0]!.pane : 0;
	for (let message = 0; message < messages; message++) {
		engine.execute({type: 'send', pane, bytes: Buffer.from('message')});

		await sleep(interval);
	}

	const rows = await view(engine, {
		type: 'rows',
		pane,
		kind: 'messages',
		rows: messages * 2,
		end: undefined,
		maxBytes: 400,
	});
	return rows?.type === 'rows' ? rows.rows.flatMap(({elapsed}) => elapsed ?? []) : [];
});

async function view(engine: EngineClient, query: Query): Promise<View | undefined> {
	const {promise, resolve} = Promise.withResolvers<Views>();
	engine.onViews = resolve;
	engine.ask([query]);
	const {views} = await promise;
	return views[0];
}
