import test from 'ava';
import {MessageStates} from '../../../../source/engine/scene/series/message-states.ts';

/** This many messages are remembered singly. */
const most = 2 ** 20;

test('a message that takes the place of a forgotten one has nothing of it', t => {
	const states = new MessageStates();
	states.add(1);
	states.changeLive(0, 1);
	states.setOutcome(0, 'answered');
	states.setUnanswered(0, true);
	t.is(states.liveCopies, 2);
	for (let place = 1; place < most; place++) {
		states.add(2);
		states.changeLive(place, -1);
	}

	t.true(states.has(0));
	t.is(states.outcomeOf(0), 'answered', 'also in larger columns');
	t.true(states.isUnanswered(0));
	t.is(states.sentAt(0), 1);
	states.add(3);
	t.false(states.has(0));
	t.true(states.has(1));
	t.is(states.liveCopies, 1, 'the copies of a forgotten one are not waited for');
	t.deepEqual(
		[states.outcomeOf(most), states.isUnanswered(most), states.sentAt(most)],
		[undefined, false, 3],
	);
});
