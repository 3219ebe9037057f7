/* The documentation of lesson files names everything that a lesson may name. */
import {readFile} from 'node:fs/promises';
import test from 'ava';
import {namedRules} from '../../source/replies/reply-rule.ts';
import {eventTypes} from '../../source/log/event-kinds.ts';
import {eventFields, serverFields, stateFields} from '../../source/lessons/fields.ts';
import {
	conditionKinds, lookedOverlays, lookedViews, operators,
} from '../../source/lessons/lesson.ts';
import {keyBindings} from '../../source/screen/input/keys.ts';

const documentation = await readFile('docs/lesson-format.md', 'utf8');
const named = new Set([...documentation.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name));

const vocabulary: Readonly<Record<string, readonly string[]>> = {
	'kinds of events': eventTypes,
	'fields of events': Object.keys(eventFields),
	// Of the link, the names that the command line has.
	'fields of scenes': Object.keys(stateFields).filter(name => !name.startsWith('to-')),
	'fields of servers': Object.keys(serverFields),
	operators,
	'keys beside conditions': Object.values(conditionKinds).flatMap(({besides}) => Object.keys(besides)),
	views: lookedViews,
	overlays: lookedOverlays,
	'reply rules': namedRules,
	keys: keyBindings.map(({id}) => id),
};

for (const [what, names] of Object.entries(vocabulary)) {
	test(`the documentation names all ${what}`, t => {
		t.deepEqual(names.filter(name => !named.has(name)), []);
	});
}
