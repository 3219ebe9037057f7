import {mock} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {CustomAnswers} from '../../../../source/engine/scene/panes/custom-answers.ts';
import type {RulesFile} from '../../../../source/engine/scene/rules-file.ts';
import {slowAnswer} from '../../../../source/replies/custom-rule.ts';
import {makeUdpServer} from '../../../helpers/sockets.ts';

test.serial('an answer that a module does not give for long is told once, as long as it is not there', async t => {
	mock.timers.enable({apis: ['setTimeout']});
	t.teardown(() => {
		mock.timers.reset();
	});
	const {room, server} = makeUdpServer(t);
	const pending = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()] as const;
	const waiting = pending.map(async ({promise}) => promise);
	const rules: Partial<RulesFile> = {file: 'rules.mjs', subscribe: () => undefined, answer: async () => waiting.shift()};
	const answers = new CustomAnswers(rules as RulesFile, room.track(), {
		server, closeAfterReply: false, encoding: 'utf-8',
	});
	const peer = {host: '127.0.0.1', port: 5000};
	const failures = (): string[] => room.all('rule-failed').map(({cause}) => cause);
	answers.answer(1, peer, Buffer.from('quick'));
	t.true(answers.isAnswering(1));
	mock.timers.tick(slowAnswer - 1);
	pending[0].resolve(undefined);
	await pending[0].promise;
	await turn();
	t.false(answers.isAnswering(1));
	mock.timers.tick(slowAnswer);
	t.deepEqual(failures(), []);
	answers.answer(1, peer, Buffer.from('slow'));
	mock.timers.tick(slowAnswer);
	t.deepEqual(failures(), ['slow']);
	mock.timers.tick(slowAnswer);
	t.deepEqual(failures(), ['slow']);
	pending[1].resolve(undefined);
	await pending[1].promise;
});
