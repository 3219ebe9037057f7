import {formatDuration} from '../../../text/quantities.ts';
import {filesKo} from '../input/files-ko.ts';
import {messagesKo} from '../input/messages-ko.ts';
import {seriesKo} from '../overlays/acts-ko.ts';
import {sayKo} from '../overlays/options-ko.ts';
import {formatBytes, formatCount, formatExactBytes} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import type {eventsEn, rulesEn} from './events-en.ts';
import {relayKo} from './relay-ko.ts';
import {viewsKo} from './views-ko.ts';

/** What each reply rule does. */
export const rulesKo: typeof rulesEn = {
	uppercase: '대문자로 바꾸어 응답',
	echo: '같은 바이트로 응답',
	reverse: '줄마다 거꾸로 뒤집어 응답',
	chat: '보낸 주소를 앞에 붙여 다른 모든 클라이언트에게 전송',
	discard: '응답하지 않음',
	manual: '자동 응답 없음: 서버의 입력 줄에서 직접 응답',
	custom: '파일의 규칙으로 응답 (--reply FILE)',
};

/** What is said of an event, for each kind that has a sentence of its own. */
export const eventsKo: typeof eventsEn = {
	'socket-bound': ({isServer, isAsked, local, port}) => isServer || isAsked ? `${local}에 바인딩(bind)` : `운영체제가 포트 ${withParticle(String(port), ['을', '를'])} 할당`,
	'listening-started': ({local}) => `${local}에서 수신 대기(listen)`,
	'connection-accepted': ({peer, socket}) => `${peer} 연결 수락(accept) → 연결 소켓 ${socket}`,
	'connection-rejected'({peer, limit, cause, count = 1}) {
		if (cause !== 'files') {
			return `${peer} 곧바로 닫음: 연결 한도(${formatCount(limit)})에 도달`;
		}

		const whom = count > 1 ? `클라이언트 ${formatCount(count)}개(마지막 ${peer})의 연결을` : peer;
		return `${whom} 곧바로 닫음: 열린 파일이 너무 많음 (EMFILE, ulimit -n${limit > 0 ? ` ${formatCount(limit)}` : ''})`;
	},
	'connect-started': ({peer}) => `${peer}에 연결하는 중`,
	'connection-opened': ({peer, local, port, isAsked}) => peer === local
		? `자기 자신에게 연결됨 ${local}: 운영체제가 바로 그 포트를 할당했습니다(동시 열기, simultaneous open)`
		: `연결됨 ${local} ⇄ ${peer}${isAsked ? '' : ` · 운영체제가 포트 ${withParticle(String(port), ['을', '를'])} 할당`}`,
	'fin-sent': () => 'FIN 보냄: 쓰기 종료',
	'fin-received': ({closesToo}) => closesToo
		? 'FIN 받음: recv() → 0 B · 이 규칙에서는 이쪽도 닫습니다(manual은 열어 둠)'
		: 'FIN 받음: recv() → 0 B',
	'reset-sent': () => 'RST 보냄: 아직 전송되지 않은 데이터는 버려지고 상대의 다음 읽기는 실패합니다',
	'reset-received'({cause}) {
		if (cause === 'unread') {
			return 'RST 받음 (ECONNRESET): 상대가 받은 데이터를 다 읽지 않고 닫았습니다';
		}

		return cause === 'reset'
			? 'RST 받음 (ECONNRESET): 상대가 연결을 리셋했습니다'
			: 'RST 받음 (ECONNRESET): 상대가 연결을 리셋했거나, 받은 데이터를 다 읽지 않고 닫았습니다';
	},
	'answer-withheld': ({peer, repeats}) => repeats > 0
		? `응답하지 않음: ${peer}에서 같은 내용이 ${formatCount(repeats)}번 되돌아옴. 두 서버가 서로 끝없이 응답할 때의 모습입니다`
		: `응답하지 않음: ${withParticle(peer, ['은', '는'])} 이 서버 자신의 주소라서 끝없이 스스로에게 응답하게 됩니다`,
	'rules-loaded': ({file, entries}) =>
		entries === undefined ? `응답 규칙: ${file}` : `응답 규칙: ${file}의 ${formatCount(entries)}개, 처음 일치하는 것으로 응답`,
	'rules-rejected': ({file, problem, isKept}) =>
		`${withParticle(file, ['을', '를'])} 쓰지 않음, ${isKept ? '이전 규칙을 유지' : '응답하지 않음'}: ${problem}`,
	'rule-failed'({peer, cause, problem, count = 1}) {
		switch (cause) {
			case 'slow': {
				return `규칙이 ${problem} 동안 ${peer}에 응답하지 않음: promise가 끝나지 않았습니다`;
			}

			case 'late': {
				return `규칙의 응답${count > 1 ? ` ${formatCount(count)}개를` : '을'} 보내지 못함: ${problem === 'sending-finished'
					? `${withParticle(peer, ['으로', '로'])} 보내기를 이쪽에서 이미 끝냈습니다`
					: `${withParticle(peer, ['이', '가'])} 이미 없습니다`}`;
			}

			case 'full': {
				return `${peer}에 대해 규칙이 보내는 것을 버림: 이미 ${problem}가 대기 중입니다`;
			}

			default: {
				return peer === ''
					? `타이머 등에서 규칙이 실패함: ${problem} · 파일을 고치면 바로 다시 읽습니다`
					: `${peer}의 메시지에서 규칙이 실패하여 응답하지 않음: ${problem} · 파일을 고치면 바로 다시 읽습니다`;
			}
		}
	},
	'rule-printed': ({text}) => `규칙의 출력: ${text}`,
	'message-received': ({message, reads, length}) => `${viewsKo.message(message, reads)}: ${formatExactBytes(length)}`,
	'framing-failed'({cause, framing, limit, length}) {
		switch (cause) {
			case 'unfinished': {
				const frame = framing === 'line' ? '한 줄' : (limit > 0 ? `프레임 ${formatExactBytes(limit)}` : '길이');
				return `메시지 아님: ${frame} 중 ${formatExactBytes(length)}만 오고 나머지는 오지 않음`;
			}

			case 'no-room': {
				return `메시지로 표시하지 않음: ${formatExactBytes(length)}까지 온 메시지, 미완성 메시지 중 가장 긺 · 모든 연결을 합쳐 ${formatBytes(limit)}까지만 보관합니다`;
			}

			case 'unsendable': {
				return `응답 ${formatExactBytes(length)} 보내지 않음: ${framing} 프레임에는 ${formatExactBytes(limit)}까지 들어갑니다`;
			}

			default: {
				const frame = framing === 'line' ? '줄' : `${formatExactBytes(length)} 프레임`;
				return `메시지로 표시하지 않음: ${frame}, 메시지는 ${formatBytes(limit)}까지입니다 · 상대의 프레이밍(framing)도 ${framing}인가요?`;
			}
		}
	},
	'encoding-changed': ({encoding}) => `이제부터 텍스트 인코딩: ${encoding} · 위의 행도 이 인코딩으로 다시 표시`,
	'framing-changed': ({framing}) => `이제부터 프레이밍(framing): ${framing} (${viewsKo.framings[framing]})`,
	'leg-opened': ({peer, target}) => `${peer} 전용 소켓 → ${target}`,
	'leg-expired': ({peer, silence}) => `${formatDuration(silence)} 동안 ${peer} 쪽으로도, ${peer}에서도 데이터가 없어 소켓을 닫습니다`,
	'message-held': relayKo.events.held,
	'held-edited': relayKo.events.edited,
	'held-released': relayKo.events.released,
	'held-dropped': relayKo.events.dropped,
	'move-failed': ({local, code, isReopened}) => isReopened
		? `${withParticle(local, ['으로', '로'])} 옮기지 못함(${code}): 옮기려고 소켓을 닫았고, 서버를 원래 주소에 다시 바인딩합니다`
		: `${withParticle(local, ['으로', '로'])} 옮기지 못함(${code}): 서버는 원래 주소에서 계속 열려 있습니다`,
	'option-set': ({option, granted}) => sayKo.optionSet(option, granted),
	'option-failed': ({option, failure}) => sayKo.optionFailed(option, failure),
	'option-chosen': ({option}) => sayKo.optionChosen(option),
	'name-found': ({name, hosts: [first = '', ...others]}) =>
		`${name}의 주소 ${first}${others.length > 0 ? ` (다음 ${others.join(', ')}: IPv4 먼저)` : ''}`,
	'peer-set': ({peer}) => `connect(${peer}): 핸드셰이크 없이 상대만 정합니다`,
	'reading-stopped': () => '읽기 중지: 받은 데이터는 커널에, 다음에는 상대 쪽에 쌓입니다',
	'reading-resumed': () => '다시 읽습니다',
	'backpressure-started': ({waiting}) => `읽기 일시 중지: 전송 대기 ${formatBytes(waiting)}`,
	'backpressure-ended': () => '다시 읽음: 대기하던 데이터를 상대가 받았습니다',
	'send-refused': ({length, waiting}) => `${formatBytes(length)} 보내지 않음: 이미 ${formatBytes(waiting)} 전송 대기`,
	'socket-closed'({isServer, socket, local, discarded, hasUnread}) {
		if (hasUnread) {
			return '받은 데이터를 다 읽지 않고 닫음: 운영체제가 RST를 보내고, 상대는 ECONNRESET을 받습니다';
		}

		if (discarded > 0) {
			return `닫힘; 아직 전송되지 않은 데이터 최대 ${formatBytes(discarded)} 버려짐`;
		}

		return isServer && socket === 0 && local !== '' ? `닫힘 ${local}` : '닫힘';
	},
	'rule-changed': ({rule}) => `응답 규칙: ${rule} (${rulesKo[rule]})`,
	'closing-changed': ({closeAfterReply}) => closeAfterReply
		? '응답한 뒤 연결 소켓을 닫습니다'
		: '응답한 뒤에도 연결 소켓을 열어 둡니다',
	'reply-unchanged': () => '대소문자가 없는 글자뿐이라 그대로 · Esc r r: reverse',
	'destination-changed': ({destination, hasConnection}) => hasConnection
		? `다음 연결부터 목적지: ${destination} · Esc x로 이 연결을 닫고 Esc o로 연결`
		: `이제부터 목적지: ${destination}`,
	'link-changed': ({conditions, seed}) => `여기서 보내는 방향의 네트워크 시뮬레이션: ${conditions} (시드 ${seed})`,
	'loss-ordered': () => '누가 보내든 이 방향의 다음 데이터그램 하나가 링크에서 유실됩니다',
	'series-started': ({count, rate}) => seriesKo.started(count, rate),
	'series-ended': ({report}) => report ? seriesKo.ended(report) : '',
	'file-ended': filesKo.ended,
	'sequence-ended': ({name, count = 0, reason, problem}) => messagesKo.ended(name, count, reason, problem),
};
