/* In a file of its own: a process has one console. */
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {faultText} from '../../../../source/text/files/file-problem.ts';
import {openPlayground} from '../../../helpers/playground-room.ts';
import {openRawUdp} from '../../../helpers/raw-udp.ts';
import {temporaryFolder} from '../../../helpers/temporary-folder.ts';

test.serial('what a module writes to its console is a row, and what it throws in a timer is its failure, not the program\'s', async t => {
	const before = globalThis.console;
	const folder = await temporaryFolder(t);
	const rulesFile = path.join(folder, 'rule.mjs');
	await writeFile(rulesFile, `
		console.log('loaded', {a: 1});
		export default message => {
			console.error('got %s', message.length);
			globalThis.faultOfModule = new Error('in a timer');
			console.log('x'.repeat(5000));
		};
	`);
	const room = await openPlayground(t, 'udp', {reply: 'custom', rulesFile});
	await room.happened('rules-loaded');
	const peer = await openRawUdp(t);
	peer.send('ping', room.address('udp'));
	const printed = await room.happenedTimes('rule-printed', 3);
	t.deepEqual(printed.slice(0, 2).map(({text}) => text), ['loaded { a: 1 }', 'got 4']);
	t.is(printed[2]!.text, `${'x'.repeat(2000)}…`);
	t.true(room.playground.takeFault((globalThis as {faultOfModule?: Error}).faultOfModule));
	t.true(room.playground.takeFault('what is no Error'));
	t.false(room.playground.takeFault(new Error('of the program')));
	const throwing = (): never => {
		throw new Error('looked at');
	};

	for (const odd of [
		Object.defineProperty(new Error('odd'), 'stack', {get: throwing}),
		Object.assign(new Error('odd'), {stack: 5}),
		new Proxy({}, {getPrototypeOf: throwing, get: throwing}),
	]) {
		t.true(room.playground.takeFault(odd));
	}

	t.deepEqual(room.all('rule-failed').map(({peer: address, fault}) => [address, faultText(fault)]), [
		[undefined, 'Error: in a timer'],
		[undefined, 'what is no Error'],
		[undefined, 'Error: odd'],
		[undefined, 'Error: odd'],
		[undefined, 'object'],
	]);
	await room.playground.close();
	t.is(globalThis.console, before);
});

test.serial('what a module writes while it answers is a row of that server, and what it writes by itself of each', async t => {
	const folder = await temporaryFolder(t);
	const rulesFile = path.join(folder, 'rule.mjs');
	await writeFile(rulesFile, 'export default message => { console.log("got", message.length); };');
	const room = await openPlayground(t, 'udp', {reply: 'custom', rulesFile});
	await room.happened('rules-loaded');
	await room.playground.execute({type: 'open-scene', protocol: 'tcp'});
	const panes = [room.server('udp').pane, room.server('tcp').pane];
	t.deepEqual(room.all('rules-loaded').map(({pane}) => pane), panes, 'a server that is there later is told, too');
	const peer = await openRawUdp(t);
	peer.send('x', room.address('udp'));
	await room.happened('rule-printed');
	console.log('by itself');
	await room.happenedTimes('rule-printed', 3);
	t.deepEqual(room.all('rule-printed').map(({pane, text}) => [pane, text]), [
		[panes[0], 'got 1'], [panes[0], 'by itself'], [panes[1], 'by itself'],
	]);
});
