import type {CommentLanguage} from '../../programs/languages.ts';
import {faultsEn} from '../../text/files/faults-en.ts';
import {formatCount} from '../../text/numbers.ts';
import {both, en as say, inLanguage} from './both.ts';
import {exerciseScreenWords} from './exercises/exercise-screen-words.ts';
import {commandsWords} from './input/commands-words.ts';
import {faultsKo} from './input/faults-ko.ts';
import {filesWords} from './input/files-words.ts';
import {lineWords} from './input/line-words.ts';
import {messagesWords} from './input/messages-words.ts';
import {actsWords, seriesWords} from './overlays/acts-words.ts';
import {helpWords} from './overlays/help-words.ts';
import {laboratoryWords} from './overlays/laboratory-words.ts';
import {lessonReportWords, lessonsWords} from './overlays/lessons-words.ts';
import {linkWords} from './overlays/link-words.ts';
import {sourceFailed} from './overlays/options-words.ts';
import {settingsWords} from './overlays/settings-words.ts';
import {eventsWords} from './panes/events-words.ts';
import {explainFailure, explainRefusal} from './panes/failures-words.ts';
import {headlessWords} from './panes/headless-words.ts';
import {panesWords} from './panes/panes-words.ts';
import {relayWords} from './panes/relay-words.ts';
import {viewsWords} from './panes/views-words.ts';

/** The screen in both languages. Names of rules, states and errors stay as the field writes them. */
export const bothLanguages = {
	/** What the comments of a pane's program are written in. */
	comments: say<CommentLanguage>('en').ko('ko'),
	...commandsWords,
	...panesWords,
	events: eventsWords,
	...lineWords,
	tooSmall: {
		needs: say('socket-playground needs 60x16').ko('socket-playground: 60x16 이상이 필요합니다'),
		have: say((columns: number, rows: number) => `this window is ${columns}x${rows} · the sockets stay open`)
			.ko((columns, rows) => `이 창은 ${columns}x${rows} · 소켓은 열린 채로 있습니다`),
		keys: say('keys do nothing here · Ctrl+Q quits').ko('여기서는 키가 동작하지 않습니다 · Ctrl+Q 종료'),
		quit: say('q again quits: sockets are closed, the log is lost')
			.ko('q를 영문으로 누르면 종료: 소켓이 닫히고 로그가 사라집니다'),
	},
	help: helpWords,
	views: viewsWords,
	link: linkWords,
	settings: settingsWords,
	laboratory: laboratoryWords,
	lessonReport: lessonReportWords,
	lessons: lessonsWords,
	exercises: exerciseScreenWords,
	acts: actsWords,
	/** What is wrong with a file with rules or messages. */
	faults: say(faultsEn).ko(faultsKo),
	files: filesWords,
	messages: messagesWords,
	series: seriesWords,
	relay: relayWords,
	headless: headlessWords,
	failure: both(explainFailure),
	sourceFailed: both(sourceFailed),
	messageTooLong: both((bytes: number, most: number, family: 4 | 6) => {
		const [has, holds] = [formatCount(bytes), formatCount(most)];
		return say(`not sent: over IPv${family} a datagram holds at most ${holds} B, this one has ${has} B (EMSGSIZE)`)
			.ko(`보내지 못함: IPv${family}에서 데이터그램은 ${holds} B까지인데 이것은 ${has} B (EMSGSIZE)`);
	}),
	refusal: both(explainRefusal),
	fault: {
		view: say((message: string) => `this view failed: ${message}`)
			.ko(message => `이 보기에서 오류가 발생했습니다: ${message}`),
		key: say((message: string) => `this key failed: ${message}`)
			.ko(message => `이 키를 처리하다 오류가 발생했습니다: ${message}`),
		report: say('please report it with this message and the steps before it; the sockets stay open')
			.ko('이 메시지와 발생 과정을 함께 알려 주십시오. 소켓은 계속 동작합니다'),
	},
	fatal: {
		engine: say((message: string) => `socket-playground: the engine has failed: ${message}`)
			.ko(message => `socket-playground: 엔진에 오류가 발생했습니다: ${message}`),
	},
};

export const en = inLanguage(bothLanguages, 'en');

/** Everything that the screen says, in one language. */
export type Words = typeof en;
