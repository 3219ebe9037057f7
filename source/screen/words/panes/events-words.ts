import type {SocketFailure, SocketOption} from '../../../log/event.ts';
import type {FileEnd, SeriesReport} from '../../../log/reports.ts';
import type {SentenceType} from '../../../log/event-kinds.ts';
import {formatDuration} from '../../../text/quantities.ts';
import type {ReplyRule} from '../../../replies/reply-rule.ts';
import type {Framing} from '../../../text/framing.ts';
import type {Row} from '../../../views/rows.ts';
import {type Both, both, en} from '../both.ts';
import {fileEnded} from '../input/files-words.ts';
import {sequenceEnded} from '../input/messages-words.ts';
import {seriesEnded, seriesStarted} from '../overlays/acts-words.ts';
import {optionChosen, optionFailed, optionSet} from '../overlays/options-words.ts';
import {formatBytes, formatCount, formatExactBytes} from '../../../text/numbers.ts';
import {withParticle} from '../particle.ts';
import {heldEvents, type HeldValues} from './relay-words.ts';
import {viewsWords} from './views-words.ts';

export const rulesWords: Readonly<Record<ReplyRule, Both<string>>> = {
	uppercase: en('answers in upper case').ko('대문자로 바꾸어 응답'),
	echo: en('answers the same bytes').ko('같은 바이트로 응답'),
	reverse: en('answers each line backwards').ko('줄마다 거꾸로 뒤집어 응답'),
	chat: en('sends it to every other client, with the sender in front').ko('보낸 주소를 앞에 붙여 다른 모든 클라이언트에게 전송'),
	discard: en('answers nothing').ko('응답하지 않음'),
	manual: en('answers nothing: you type the answers').ko('자동 응답 없음: 서버의 입력 줄에서 직접 응답'),
	custom: en('answers by the rules of a file (--reply FILE)').ko('파일의 규칙으로 응답 (--reply FILE)'),
};

/** What an event tells, as its sentence has it: addresses as text, 0 or empty for what it has not. */
type EventValues = Omit<HeldValues, 'cause'> & {
	readonly isServer: boolean;
	readonly socket: number;
	readonly local: string;
	/** Where a relay passes it on to. */
	readonly target: string;
	readonly port: number;
	readonly limit: number;
	readonly waiting: number;
	/** In milliseconds. */
	readonly silence: number;
	readonly discarded: number;
	readonly rule: ReplyRule;
	readonly closeAfterReply: boolean;
	readonly destination: string;
	readonly hasConnection: boolean;
	readonly conditions: string;
	readonly seed: number;
	readonly count: number | undefined;
	readonly rate: number | undefined;
	readonly report: SeriesReport | undefined;
	readonly cause: Row['cause'];
	readonly hasUnread: boolean;
	readonly closesToo: boolean;
	readonly isReopened: boolean;
	readonly code: string;
	readonly option: SocketOption;
	readonly granted: number | undefined;
	readonly failure: SocketFailure | undefined;
	/** The program has asked for this port. */
	readonly isAsked: boolean;
	readonly name: string;
	readonly hosts: readonly string[];
	readonly file: string;
	readonly entries: number | undefined;
	readonly problem: string;
	readonly isKept: boolean;
	readonly repeats: number;
	readonly path: string;
	readonly isSent: boolean;
	readonly moved: number;
	readonly size: number | undefined;
	readonly reason: FileEnd['reason'];
	readonly message: number;
	/** In how many reads a message came. */
	readonly reads: number;
	readonly framing: Framing;
	readonly encoding: string;
	/** What a module has written. */
	readonly text: string;
};

const say = en<(values: EventValues) => string>;
const told = both<[values: EventValues], Both<string>>;

/** What is said of an event, for each kind that has a sentence of its own. */
export const eventsWords: Readonly<Record<SentenceType, Both<(values: EventValues) => string>>> = {
	'socket-bound': say(({isServer, isAsked, local, port}) => isServer || isAsked ? `bound to ${local}` : `the OS chose port ${port} for this client`)
		.ko(({isServer, isAsked, local, port}) => isServer || isAsked ? `${local}에 바인딩(bind)` : `운영체제가 포트 ${withParticle(String(port), ['을', '를'])} 할당`),
	'listening-started': say(({local}) => `listening on ${local}`).ko(({local}) => `${local}에서 수신 대기(listen)`),
	'connection-accepted': say(({peer, socket}) => `accepted ${peer} → connection ${socket}`)
		.ko(({peer, socket}) => `${peer} 연결 수락(accept) → 연결 소켓 ${socket}`),
	'connection-rejected': told(({peer, limit, cause, count = 1}) => {
		const most = formatCount(limit);
		if (cause !== 'files') {
			return en(`closed ${peer} at once: connection limit reached (${most})`)
				.ko(`${peer} 곧바로 닫음: 연결 한도(${most})에 도달`);
		}

		const whom = count > 1
			? en(`${formatCount(count)} more clients, the last ${peer},`)
				.ko(`클라이언트 ${formatCount(count)}개(마지막 ${peer})의 연결을`)
			: en(peer).ko(peer);
		const code = `(EMFILE, ulimit -n${limit > 0 ? ` ${most}` : ''})`;
		return en(`closed ${whom.en} at once: too many open files ${code}`)
			.ko(`${whom.ko} 곧바로 닫음: 열린 파일이 너무 많음 ${code}`);
	}),
	'connect-started': say(({peer}) => `connecting to ${peer}`).ko(({peer}) => `${peer}에 연결하는 중`),
	'connection-opened': say(({peer, local, port, isAsked}) => peer === local
		? `connected to itself ${local}: the OS chose the very port that it connects to (simultaneous open)`
		: `connected ${local} ⇄ ${peer}${isAsked ? '' : ` · the OS chose port ${port}`}`)
		.ko(({peer, local, port, isAsked}) => peer === local
			? `자기 자신에게 연결됨 ${local}: 운영체제가 바로 그 포트를 할당했습니다(동시 열기, simultaneous open)`
			: `연결됨 ${local} ⇄ ${peer}${isAsked ? '' : ` · 운영체제가 포트 ${withParticle(String(port), ['을', '를'])} 할당`}`),
	'fin-sent': say(() => 'FIN sent: writing has ended').ko(() => 'FIN 보냄: 쓰기 종료'),
	'fin-received': told(({closesToo}) => closesToo
		? en('FIN received: recv() → 0 B · this rule then closes, too (manual does not)')
			.ko('FIN 받음: recv() → 0 B · 이 규칙에서는 이쪽도 닫습니다(manual은 열어 둠)')
		: en('FIN received: recv() → 0 B').ko('FIN 받음: recv() → 0 B')),
	'reset-sent': say(() => 'RST sent: unsent data is dropped, the peer\'s next read fails')
		.ko(() => 'RST 보냄: 아직 전송되지 않은 데이터는 버려지고 상대의 다음 읽기는 실패합니다'),
	'reset-received': told(({cause}) => {
		if (cause === 'unread') {
			return en('RST received (ECONNRESET): the peer has closed without reading all that was sent')
				.ko('RST 받음 (ECONNRESET): 상대가 받은 데이터를 다 읽지 않고 닫았습니다');
		}

		return cause === 'reset'
			? en('RST received (ECONNRESET): the peer has reset the connection')
				.ko('RST 받음 (ECONNRESET): 상대가 연결을 리셋했습니다')
			: en('RST received (ECONNRESET): the peer has reset the connection, or closed it with data unread')
				.ko('RST 받음 (ECONNRESET): 상대가 연결을 리셋했거나, 받은 데이터를 다 읽지 않고 닫았습니다');
	}),
	'answer-withheld': told(({peer, repeats}) => repeats > 0
		? en(`not answered: ${formatCount(repeats)} times the same with ${peer}, as when two servers answer each other without end`)
			.ko(`응답하지 않음: ${peer}에서 같은 내용이 ${formatCount(repeats)}번 되돌아옴. 두 서버가 서로 끝없이 응답할 때의 모습입니다`)
		: en(`not answered: ${peer} is this server's own address, it would answer itself without end`)
			.ko(`응답하지 않음: ${withParticle(peer, ['은', '는'])} 이 서버 자신의 주소라서 끝없이 스스로에게 응답하게 됩니다`)),
	'rules-loaded': told(({file, entries}) => entries === undefined
		? en(`reply rules of ${file}`).ko(`응답 규칙: ${file}`)
		: en(`reply rules of ${file}: ${formatCount(entries)}, the first that matches answers`)
			.ko(`응답 규칙: ${file}의 ${formatCount(entries)}개, 처음 일치하는 것으로 응답`)),
	'rules-rejected': say(({file, problem, isKept}) =>
		`${file} is not used, ${isKept ? 'the rules before it go on' : 'nothing is answered'}: ${problem}`)
		.ko(({file, problem, isKept}) =>
			`${withParticle(file, ['을', '를'])} 쓰지 않음, ${isKept ? '이전 규칙을 유지' : '응답하지 않음'}: ${problem}`),
	'rule-failed': told(({peer, cause, problem, count = 1}) => {
		switch (cause) {
			case 'slow': {
				return en(`the rule has not answered ${peer} for ${problem}: its promise has not settled`)
					.ko(`규칙이 ${problem} 동안 ${peer}에 응답하지 않음: promise가 끝나지 않았습니다`);
			}

			case 'late': {
				const answers = count > 1
					? en(`${formatCount(count)} answers of the rule to ${peer} were`).ko(`응답 ${formatCount(count)}개를`)
					: en(`the rule's answer to ${peer} was`).ko('응답을');
				const why = problem === 'sending-finished'
					? en('this end has finished sending').ko(`${withParticle(peer, ['으로', '로'])} 보내기를 이쪽에서 이미 끝냈습니다`)
					: en(`${peer} is gone`).ko(`${withParticle(peer, ['이', '가'])} 이미 없습니다`);
				return en(`${answers.en} not sent: ${why.en}`).ko(`규칙의 ${answers.ko} 보내지 못함: ${why.ko}`);
			}

			case 'full': {
				return en(`what the rule sends for ${peer} is dropped: ${problem} are queued already`)
					.ko(`${peer}에 대해 규칙이 보내는 것을 버림: 이미 ${problem}가 대기 중입니다`);
			}

			default: {
				return peer === ''
					? en(`the rules failed, in a timer or the like: ${problem} · a corrected file is read at once`)
						.ko(`타이머 등에서 규칙이 실패함: ${problem} · 파일을 고치면 바로 다시 읽습니다`)
					: en(`the rule failed on a message of ${peer}, which gets no answer: ${problem} · a corrected file is read at once`)
						.ko(`${peer}의 메시지에서 규칙이 실패하여 응답하지 않음: ${problem} · 파일을 고치면 바로 다시 읽습니다`);
			}
		}
	}),
	'rule-printed': say(({text}) => `the rule says: ${text}`).ko(({text}) => `규칙의 출력: ${text}`),
	'message-received': say(({message, reads, length}) => `${viewsWords.message.en(message, reads)}: ${formatExactBytes(length)}`)
		.ko(({message, reads, length}) => `${viewsWords.message.ko(message, reads)}: ${formatExactBytes(length)}`),
	'framing-failed': told(({cause, framing, limit, length}) => {
		const bytes = formatExactBytes(length);
		switch (cause) {
			case 'unfinished': {
				const part = limit > 0
					? en(`a frame of ${formatExactBytes(limit)}`).ko(`프레임 ${formatExactBytes(limit)}`)
					: en('a length').ko('길이');
				const frame = framing === 'line' ? en('a line').ko('한 줄') : part;
				return en(`no message: ${bytes} of ${frame.en} came, and not the rest`)
					.ko(`메시지 아님: ${frame.ko} 중 ${bytes}만 오고 나머지는 오지 않음`);
			}

			case 'no-room': {
				return en(`not told as a message: one of which ${bytes} have come, the longest unfinished one; ${formatBytes(limit)} are kept of all connections' together`)
					.ko(`메시지로 표시하지 않음: ${bytes}까지 온 메시지, 미완성 메시지 중 가장 긺 · 모든 연결을 합쳐 ${formatBytes(limit)}까지만 보관합니다`);
			}

			case 'unsendable': {
				return en(`the answer of ${bytes} is not sent: a frame of ${framing} holds ${formatExactBytes(limit)}`)
					.ko(`응답 ${bytes} 보내지 않음: ${framing} 프레임에는 ${formatExactBytes(limit)}까지 들어갑니다`);
			}

			default: {
				const frame = framing === 'line' ? en('a line').ko('줄') : en(`a frame of ${bytes}`).ko(`${bytes} 프레임`);
				return en(`not told as a message: ${frame.en}, and a message has ${formatBytes(limit)} at most · is the peer's framing ${framing}?`)
					.ko(`메시지로 표시하지 않음: ${frame.ko}, 메시지는 ${formatBytes(limit)}까지입니다 · 상대의 프레이밍(framing)도 ${framing}인가요?`);
			}
		}
	}),
	'encoding-changed': say(({encoding}) => `text is ${encoding} from now on; the rows above are shown in it, too`)
		.ko(({encoding}) => `이제부터 텍스트 인코딩: ${encoding} · 위의 행도 이 인코딩으로 다시 표시`),
	'framing-changed': say(({framing}) => `framing from now on: ${framing} (${viewsWords.framings[framing].en})`)
		.ko(({framing}) => `이제부터 프레이밍(framing): ${framing} (${viewsWords.framings[framing].ko})`),
	'leg-opened': say(({peer, target}) => `for ${peer}: a socket of its own to ${target}`)
		.ko(({peer, target}) => `${peer} 전용 소켓 → ${target}`),
	'leg-expired': say(({peer, silence}) => `closed: for ${formatDuration(silence)} there was no data to or from ${peer}`)
		.ko(({peer, silence}) => `${formatDuration(silence)} 동안 ${peer} 쪽으로도, ${peer}에서도 데이터가 없어 소켓을 닫습니다`),
	'message-held': heldEvents.held,
	'held-edited': heldEvents.edited,
	'held-released': heldEvents.released,
	'held-dropped': heldEvents.dropped,
	'move-failed': told(({local, code, isReopened}) => isReopened
		? en(`not moved to ${local} (${code}): its socket was closed for that, and the server is bound to its old address again`)
			.ko(`${withParticle(local, ['으로', '로'])} 옮기지 못함(${code}): 옮기려고 소켓을 닫았고, 서버를 원래 주소에 다시 바인딩합니다`)
		: en(`not moved to ${local} (${code}): the server stays where it is`)
			.ko(`${withParticle(local, ['으로', '로'])} 옮기지 못함(${code}): 서버는 원래 주소에서 계속 열려 있습니다`)),
	'option-set': told(({option, granted}) => optionSet(option, granted)),
	'option-failed': told(({option, failure}) => optionFailed(option, failure)),
	'option-chosen': told(({option}) => optionChosen(option)),
	'name-found': say(({name, hosts: [first = '', ...others]}) =>
		`${name} is ${first}${others.length > 0 ? ` (then ${others.join(', ')}: IPv4 comes first)` : ''}`)
		.ko(({name, hosts: [first = '', ...others]}) =>
			`${name}의 주소 ${first}${others.length > 0 ? ` (다음 ${others.join(', ')}: IPv4 먼저)` : ''}`),
	'peer-set': say(({peer}) => `connect(${peer}): no handshake, it only sets the peer`)
		.ko(({peer}) => `connect(${peer}): 핸드셰이크 없이 상대만 정합니다`),
	'reading-stopped': say(() => 'reading stopped: received data waits in the kernel, then at the peer')
		.ko(() => '읽기 중지: 받은 데이터는 커널에, 다음에는 상대 쪽에 쌓입니다'),
	'reading-resumed': say(() => 'reading again').ko(() => '다시 읽습니다'),
	'backpressure-started': say(({waiting}) => `reading paused: ${formatBytes(waiting)} queued to be sent`)
		.ko(({waiting}) => `읽기 일시 중지: 전송 대기 ${formatBytes(waiting)}`),
	'backpressure-ended': say(() => 'reading again: the peer has taken the queued data')
		.ko(() => '다시 읽음: 대기하던 데이터를 상대가 받았습니다'),
	'send-refused': say(({length, waiting}) => `${formatBytes(length)} not sent: ${formatBytes(waiting)} already queued`)
		.ko(({length, waiting}) => `${formatBytes(length)} 보내지 않음: 이미 ${formatBytes(waiting)} 전송 대기`),
	'socket-closed': told(({isServer, socket, local, discarded, hasUnread}) => {
		if (hasUnread) {
			return en('closed with received data unread: the OS sends RST, and the peer gets ECONNRESET')
				.ko('받은 데이터를 다 읽지 않고 닫음: 운영체제가 RST를 보내고, 상대는 ECONNRESET을 받습니다');
		}

		if (discarded > 0) {
			return en(`closed; up to ${formatBytes(discarded)} of unsent data dropped`)
				.ko(`닫힘; 아직 전송되지 않은 데이터 최대 ${formatBytes(discarded)} 버려짐`);
		}

		const own = isServer && socket === 0 && local !== '' ? ` ${local}` : '';
		return en(`closed${own}`).ko(`닫힘${own}`);
	}),
	'rule-changed': say(({rule}) => `reply rule: ${rule} (${rulesWords[rule].en})`)
		.ko(({rule}) => `응답 규칙: ${rule} (${rulesWords[rule].ko})`),
	'closing-changed': told(({closeAfterReply}) => closeAfterReply
		? en('connection sockets are closed after a reply').ko('응답한 뒤 연결 소켓을 닫습니다')
		: en('connection sockets are kept open after a reply').ko('응답한 뒤에도 연결 소켓을 열어 둡니다')),
	'reply-unchanged': say(() => 'unchanged: no letters with an upper case · Esc r r: reverse')
		.ko(() => '대소문자가 없는 글자뿐이라 그대로 · Esc r r: reverse'),
	'destination-changed': told(({destination, hasConnection}) => hasConnection
		? en(`destination from the next connection on: ${destination} · Esc x closes this one, then Esc o connects`)
			.ko(`다음 연결부터 목적지: ${destination} · Esc x로 이 연결을 닫고 Esc o로 연결`)
		: en(`destination from now on: ${destination}`).ko(`이제부터 목적지: ${destination}`)),
	'link-changed': say(({conditions, seed}) => `simulated link from here: ${conditions} (seed ${seed})`)
		.ko(({conditions, seed}) => `여기서 보내는 방향의 네트워크 시뮬레이션: ${conditions} (시드 ${seed})`),
	'loss-ordered': say(() => 'the simulated link will lose the next datagram in this direction, whoever sends it')
		.ko(() => '누가 보내든 이 방향의 다음 데이터그램 하나가 링크에서 유실됩니다'),
	'series-started': told(({count, rate}) => seriesStarted(count, rate)),
	'series-ended': told(({report}) => report ? seriesEnded(report) : en('').ko('')),
	'file-ended': told(fileEnded),
	'sequence-ended': told(({name, count = 0, reason, problem}) => sequenceEnded(name, count, reason, problem)),
};
