import test from 'ava';
import {Lifelines} from '../../source/flow/lanes.ts';
import {
	eventsOf, flowOf, neverBound, sceneOf, server, serverAt, type Told,
} from './_scenes.ts';

/** Whether the server's lane is open before the first step, and behind each. */
function openness(...told: readonly Told[]): boolean[] {
	const {steps, lanes} = flowOf(eventsOf(...told), neverBound(sceneOf('udp')));
	const lives = new Lifelines(steps, lanes);
	return [lives.isOpen('server'), ...steps.map(step => {
		lives.pass(step);
		return lives.isOpen('server');
	})];
}

test('a lane is open from where its socket was bound to where it was closed, and not where that failed', t => {
	const bound: Told = [server, {type: 'socket-bound', local: serverAt}];
	const failed: Told = [server, {type: 'bind-failed', local: serverAt, failure: {code: 'EADDRINUSE', syscall: 'bind', message: ''}}];
	const closed: Told = [server, {type: 'socket-closed', local: serverAt, discarded: 0}];
	t.deepEqual(openness(bound, closed), [false, true, false]);
	t.deepEqual(openness(failed), [false, false]);
	t.deepEqual(openness(failed, bound), [false, false, true]);
	t.deepEqual(openness(closed, bound), [true, false, true]);
});
