import test from 'ava';
import {Waits} from '../../../source/engine/laboratory/waits.ts';

test('what fails while it is looked for fails its own wait, and neither the others nor who says that something happened', async t => {
	const waits = new Waits();
	const found: string[] = [];
	let isBroken = false;
	const broken = waits.until(() => {
		if (isBroken) {
			throw new Error('not today');
		}

		return undefined;
	});
	const whole = waits.until(() => found[0]);
	isBroken = true;
	found.push('here');
	t.notThrows(() => {
		waits.look();
	});
	await t.throwsAsync(broken, {message: 'not today'});
	t.is(await whole, 'here');
});
