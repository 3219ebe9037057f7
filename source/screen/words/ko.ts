import type {Words} from './en.ts';
import {exerciseScreenKo} from './exercises/exercise-screen-ko.ts';
import {commandsKo} from './input/commands-ko.ts';
import {faultsKo} from './input/faults-ko.ts';
import {filesKo} from './input/files-ko.ts';
import {lineKo} from './input/line-ko.ts';
import {messagesKo} from './input/messages-ko.ts';
import {actsKo, seriesKo} from './overlays/acts-ko.ts';
import {helpKo} from './overlays/help-ko.ts';
import {laboratoryKo} from './overlays/laboratory-ko.ts';
import {lessonReportKo, lessonsKo} from './overlays/lessons-ko.ts';
import {linkKo} from './overlays/link-ko.ts';
import {sayKo} from './overlays/options-ko.ts';
import {settingsKo} from './overlays/settings-ko.ts';
import {eventsKo} from './panes/events-ko.ts';
import {explainFailure, explainRefusal} from './panes/failures-ko.ts';
import {headlessKo} from './panes/headless-ko.ts';
import {panesKo} from './panes/panes-ko.ts';
import {relayKo} from './panes/relay-ko.ts';
import {viewsKo} from './panes/views-ko.ts';
import {formatCount} from './values/numbers.ts';

/** The screen in Korean. Names of rules, states and errors stay as the field writes them. */
export const ko: Words = {
	comments: 'ko',
	...commandsKo,
	...panesKo,
	events: eventsKo,
	...lineKo,
	tooSmall: {
		needs: 'socket-playground: 60x16 이상이 필요합니다',
		have: (columns, rows) => `이 창은 ${columns}x${rows} · 소켓은 열린 채로 있습니다`,
		keys: '여기서는 키가 동작하지 않습니다 · Ctrl+Q 종료',
		quit: 'q를 영문으로 누르면 종료: 소켓이 닫히고 로그가 사라집니다',
	},
	help: helpKo,
	views: viewsKo,
	link: linkKo,
	settings: settingsKo,
	laboratory: laboratoryKo,
	lessonReport: lessonReportKo,
	lessons: lessonsKo,
	exercises: exerciseScreenKo,
	acts: actsKo,
	faults: faultsKo,
	files: filesKo,
	messages: messagesKo,
	series: seriesKo,
	relay: relayKo,
	headless: headlessKo,
	failure: explainFailure,
	sourceFailed: sayKo.sourceFailed,
	messageTooLong: (bytes, most, family) => `보내지 못함: IPv${family}에서 데이터그램은 ${formatCount(most)} B까지인데 이것은 ${formatCount(bytes)} B (EMSGSIZE)`,
	refusal: explainRefusal,
	fault: {
		view: message => `이 보기에서 오류가 발생했습니다: ${message}`,
		key: message => `이 키를 처리하다 오류가 발생했습니다: ${message}`,
		report: '이 메시지와 발생 과정을 함께 알려 주십시오. 소켓은 계속 동작합니다',
	},
	fatal: {
		engine: message => `socket-playground: 엔진에 오류가 발생했습니다: ${message}`,
	},
};
