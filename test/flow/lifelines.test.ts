import test from 'ava';
import {labelOfStep} from '../../source/flow/drawing/label.ts';
import {Lifelines} from '../../source/flow/lanes.ts';
import {linkOfWrite} from '../../source/flow/step.ts';
import type {Arrival} from '../../source/log/delivery/link-fate.ts';
import {
	eventsOf, flowOf, neverBound, sceneOf, sent, server, serverAt, type Told, words,
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

test('what was sent to a lane says that it was open only where it has arrived', t => {
	const send = (arrival: Arrival): Told => [1, sent(1, 'hi', {to: server, arrival})];
	const bound: Told = [server, {type: 'socket-bound', local: serverAt}];
	t.deepEqual(openness(send({type: 'read', number: 1}), bound), [true, true, true]);
	t.deepEqual(openness(send({type: 'lost'}), bound), [false, false, true]);
	t.deepEqual(openness(send({type: 'under-way'}), bound), [false, false, true]);
});

test('a write is told in how many segments it has left only once all of it has', t => {
	const link = {
		type: 'stream', onTheLink: 0, discarded: 0, segments: 3, delay: 5,
	} as const;
	t.is(linkOfWrite(link, 9).segments, 3);
	t.is(linkOfWrite({...link, segments: 1}, 9).segments, undefined);
	const waiting = {segments: undefined, bytesWaiting: 2, isWaiting: true};
	t.like(linkOfWrite({...link, onTheLink: 2, delay: undefined}, 9), waiting);
	t.like(linkOfWrite({...link, discarded: 2, delay: undefined}, 9), {segments: undefined, bytesDiscarded: 2});
	t.like(linkOfWrite({...link, discarded: 9}, 9), {segments: undefined, loss: 'closed'});
});

test('a payload of which the log has only the beginning has no closing quotation mark', t => {
	const [event] = eventsOf([1, sent(1, 'hello', {to: server, arrival: {type: 'lost'}})]);
	const [step] = flowOf([event!], sceneOf('udp')).steps;
	t.is(labelOfStep(step!, words).payload, '"hello"');
	t.false(labelOfStep({...step!, length: 9000}, words).payload.endsWith('"'));
});
