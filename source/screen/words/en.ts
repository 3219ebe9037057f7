import type {CommentLanguage} from '../../programs/languages.ts';
import {faultsEn} from '../../text/files/faults-en.ts';
import {exerciseScreenEn} from './exercises/exercise-screen-en.ts';
import {commandsEn} from './input/commands-en.ts';
import {filesEn} from './input/files-en.ts';
import {lineEn} from './input/line-en.ts';
import {messagesEn} from './input/messages-en.ts';
import {actsEn, seriesEn} from './overlays/acts-en.ts';
import {helpEn} from './overlays/help-en.ts';
import {laboratoryEn} from './overlays/laboratory-en.ts';
import {lessonReportEn, lessonsEn} from './overlays/lessons-en.ts';
import {linkEn} from './overlays/link-en.ts';
import {sayEn} from './overlays/options-en.ts';
import {settingsEn} from './overlays/settings-en.ts';
import {eventsEn} from './panes/events-en.ts';
import {explainFailure, explainRefusal} from './panes/failures-en.ts';
import {headlessEn} from './panes/headless-en.ts';
import {panesEn} from './panes/panes-en.ts';
import {relayEn} from './panes/relay-en.ts';
import {viewsEn} from './panes/views-en.ts';
import {formatCount} from './values/numbers.ts';

/** The screen in English. */
export const en = {
	/** What the comments of a pane's program are written in. */
	comments: 'en' as CommentLanguage,
	...commandsEn,
	...panesEn,
	events: eventsEn,
	...lineEn,
	tooSmall: {
		needs: 'socket-playground needs 60x16',
		have: (columns: number, rows: number) => `this window is ${columns}x${rows} · the sockets stay open`,
		keys: 'keys do nothing here · Ctrl+Q quits',
		quit: 'q again quits: sockets are closed, the log is lost',
	},
	help: helpEn,
	views: viewsEn,
	link: linkEn,
	settings: settingsEn,
	laboratory: laboratoryEn,
	lessonReport: lessonReportEn,
	lessons: lessonsEn,
	exercises: exerciseScreenEn,
	acts: actsEn,
	/** What is wrong with a file with rules or messages. */
	faults: faultsEn,
	files: filesEn,
	messages: messagesEn,
	series: seriesEn,
	relay: relayEn,
	headless: headlessEn,
	failure: explainFailure,
	sourceFailed: sayEn.sourceFailed,
	messageTooLong: (bytes: number, most: number, family: 4 | 6) =>
		`not sent: over IPv${family} a datagram holds at most ${formatCount(most)} B, this one has ${formatCount(bytes)} B (EMSGSIZE)`,
	refusal: explainRefusal,
	fault: {
		view: (message: string) => `this view failed: ${message}`,
		key: (message: string) => `this key failed: ${message}`,
		report: 'please report it with this message and the steps before it; the sockets stay open',
	},
	fatal: {
		engine: (message: string) => `socket-playground: the engine has failed: ${message}`,
	},
};

/** Everything that the screen says, in one language. */
export type Words = typeof en;
