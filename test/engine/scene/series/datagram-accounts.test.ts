import test from 'ava';
import fc from 'fast-check';
import type {DeliveryStep} from '../../../../source/log/delivery/delivery-trace.ts';
import {DatagramAccounts} from '../../../../source/engine/scene/series/datagram-accounts.ts';
import {sumOf} from './_series-room.ts';

const steps = [
	'doubled',
	'lost',
	'dropped',
	'failed',
	'discarded',
	'arrived',
	'answering',
	'answer-doubled',
	'answer-lost',
	'answer-dropped',
	'answer-failed',
	'answer-discarded',
	'answered',
] as const satisfies readonly DeliveryStep[];

function accountsOf(messages: number): DatagramAccounts {
	const accounts = new DatagramAccounts(messages, () => 0);
	for (let message = 0; message < messages; message++) {
		accounts.tally.send(1, 0);
		accounts.write();
	}

	return accounts;
}

function take(accounts: DatagramAccounts, ...taken: readonly DeliveryStep[]): void {
	for (const step of taken) {
		accounts.step(0, step, 1, 1);
	}
}

test('takes a message for lost when the last copy is, for the last reason', t => {
	const accounts = accountsOf(1);
	take(accounts, 'doubled', 'lost');
	t.like(accounts.tally.report('done'), {waiting: 1, lostByLink: 0});
	take(accounts, 'arrived', 'answering', 'answer-doubled', 'answer-dropped');
	t.like(accounts.tally.report('done'), {waiting: 1});
	t.is(accounts.liveCopies, 1);
	take(accounts, 'answer-lost');
	t.like(accounts.tally.report('done'), {waiting: 0, lostByLink: 1, droppedByKernel: 0});
	t.is(accounts.liveCopies, 0);
});

test('counts one answer, however many come and however many are lost', t => {
	const accounts = accountsOf(1);
	take(
		accounts,
		'doubled',
		'arrived',
		'answering',
		'answered',
		'arrived',
		'answering',
		'answer-doubled',
		'answered',
		'answer-lost',
	);
	t.like(accounts.tally.report('done'), {
		answered: 1, duplicates: 1, waiting: 0, lostByLink: 0,
	});
	t.is(accounts.liveCopies, 0);
});

test('waits for the answer to what was read, though the other copy is lost', t => {
	const accounts = accountsOf(1);
	take(accounts, 'doubled', 'arrived', 'dropped');
	t.like(accounts.tally.report('done'), {waiting: 1, droppedByKernel: 0});
});

test('counts a message once that was taken for lost and is answered', t => {
	const accounts = accountsOf(1);
	take(accounts, 'dropped', 'answered');
	t.like(accounts.tally.report('done'), {answered: 1, droppedByKernel: 0, waiting: 0});
});

test('adds up for any steps of any messages', t => {
	const told = fc.array(fc.record({place: fc.integer({min: -1, max: 5}), step: fc.constantFrom(...steps)}), {
		maxLength: 60,
	});
	fc.assert(fc.property(told, fc.constantFrom('answers', 'arrivals'), (all, counts) => {
		const accounts = accountsOf(4);
		accounts.tally.counts = counts;
		for (const {place, step} of all) {
			accounts.step(place, step, 1, 1);
			const report = accounts.tally.report('done');
			t.is(sumOf(report), 4);
			t.true(accounts.liveCopies >= 0);
		}
	}));
});

test('knows a million messages, forgets older ones, and still counts each once', t => {
	const accounts = accountsOf(1_100_000);
	t.is(accounts.written, 1_100_000);
	accounts.step(0, 'answered', 1, 1);
	accounts.step(51_423, 'answered', 1, 1);
	t.like(accounts.tally.report('done'), {answered: 0, waiting: 1_100_000});
	accounts.step(51_424, 'answered', 1, 1);
	accounts.step(1_099_999, 'lost', Number.NaN, 0);
	t.like(accounts.tally.report('done'), {
		sent: 1_100_000, answered: 1, lostByLink: 1, waiting: 1_099_998,
	});
	t.is(accounts.liveCopies, (2 ** 20) - 2);
});

test('takes an answer that could be anybody\'s for one of those that wait', t => {
	const accounts = accountsOf(2);
	accounts.anyAnswer(1);
	accounts.anyAnswer(1);
	accounts.anyAnswer(1);
	t.like(accounts.tally.report('done'), {answered: 2, duplicates: 1, waiting: 0});
	take(accounts, 'discarded');
	t.like(accounts.tally.report('done'), {
		answered: 1, duplicates: 2, failed: 1, waiting: 0,
	});
});
