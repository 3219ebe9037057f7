import test from 'ava';
import {parseConditions} from '../../../source/link/conditions-text.ts';
import {presetNames, presets} from '../../../source/link/presets.ts';
import {conditionsFor, perfect} from '../../../source/link/conditions.ts';
import {conditionNames} from '../../../source/link/conditions-problem.ts';
import {conditionText} from '../../../source/screen/overlays/link/link-rows.ts';
import {linkName, linkSummary} from '../../../source/screen/overlays/link/link-summary.ts';
import {linkScene, linkView} from '../../helpers/link-scene.ts';

test('a preset is known by all that means something to the protocol', t => {
	for (const name of presetNames) {
		for (const protocol of ['udp', 'tcp'] as const) {
			t.is(linkName(presets[name], protocol), protocol === 'tcp' && name === 'pinger' ? 'perfect' : name);
			t.is(linkName({...presets[name], delay: 17}, protocol), undefined);
		}
	}

	t.is(linkName({...presets.lossy, loss: 0}, 'udp'), undefined);
	t.is(linkName({...presets.lossy, loss: 0}, 'tcp'), 'lossy');
	t.is(linkName({...presets.lossy, stall: true}, 'udp'), 'lossy');
	t.is(linkName({...presets.lossy, stall: true}, 'tcp'), undefined);
	t.deepEqual(conditionsFor({...presets.lossy, stall: true}, 'udp'), presets.lossy);
	t.deepEqual(conditionsFor({...presets.lossy, stall: true}, 'tcp'), {...presets.lossy, loss: 0, stall: true});
});

test('the textbook\'s lab is one link, though it loses requests only', t => {
	t.deepEqual(linkSummary(linkScene(linkView(presets.pinger, {}))).names, ['pinger']);
	t.deepEqual(linkSummary(linkScene(linkView(presets.pinger))).names, [undefined]);
	t.deepEqual(linkSummary(linkScene(linkView({}, presets.pinger))).names, ['perfect', undefined]);
});

test('two directions that are the same are told once', t => {
	t.deepEqual(linkSummary(linkScene(linkView(presets.lossy))), {
		names: ['lossy'],
		isPerfect: false,
		losesNext: false,
	});
	t.deepEqual(linkSummary(linkScene(linkView(presets.lossy, {}))), {
		names: ['lossy', 'perfect'],
		isPerfect: false,
		losesNext: false,
	});
	t.deepEqual(linkSummary(linkScene(linkView({loss: 0.1}, {loss: 0.2}))), {
		names: [undefined, undefined],
		isPerfect: false,
		losesNext: false,
	});
	t.deepEqual(linkSummary(linkScene(linkView({loss: 0.1}, {loss: 0.2}), {protocol: 'tcp'})), {
		names: ['perfect'],
		isPerfect: true,
		losesNext: false,
	});
});

test('with another program\'s server, only what the playground\'s clients send counts', t => {
	const scene = linkScene(linkView({}, {...presets.hostile, losesNext: true}), {server: undefined});
	t.deepEqual(linkSummary(scene), {names: ['perfect'], isPerfect: true, losesNext: false});
});

test('an ordered loss makes a link imperfect, over UDP', t => {
	const link = linkView({}, {losesNext: true});
	t.deepEqual(linkSummary(linkScene(link)), {names: ['perfect'], isPerfect: false, losesNext: true});
	t.deepEqual(linkSummary(linkScene(link, {protocol: 'tcp'})), {
		names: ['perfect'],
		isPerfect: true,
		losesNext: false,
	});
});

test('a value is shown in words that can be typed again', t => {
	for (const conditions of [...Object.values(presets), {
		...perfect, stall: true, slice: 1500, pause: 1500, loss: 1 / 3,
	}]) {
		for (const name of conditionNames) {
			const read = parseConditions(`${name}=${conditionText(conditions, name)}`);
			t.is('conditions' in read ? read.conditions[name] : 'unreadable', conditions[name]);
		}
	}
});
