/* Keys that arrive together: what one of them shows is looked at before the next has its effect. */
import test from 'ava';
import {en} from '../../source/screen/words/en.ts';
import {openLesson} from '../helpers/lesson-desk.ts';
import {lessonWith} from '../helpers/lesson-room.ts';

test('what is sent behind the key that shows the program is sent with the program in view', async t => {
	const desk = await openLesson(t, lessonWith([`
text: {en: Send with the program in view.}
checks:
  - when:
      then:
        - {view: source, pane: client}
        - {event: datagram-sent, by: client}
      without: {not: {view: source, pane: client}}
explain: {en: Done.}
`]), en);
	// Its socket is bound, so that the next one is sent at once.
	await desk.press(['@client 1', 'first<Enter>', '~FIRST']);
	await desk.pressAtOnce('<^S>hi<Enter>');
	await desk.press(['~HI']);
	await desk.settle();
	t.is(desk.run?.phase, 'explaining');
});
