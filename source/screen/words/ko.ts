import {formatDuration} from '../../text/quantities.ts';
import {actsKo} from './acts-ko.ts';
import type {Words} from './en.ts';
import {exerciseScreenKo} from './exercise-screen-ko.ts';
import {explainFailure, explainRefusal} from './failures-ko.ts';
import {
	formatBytes, formatCount, formatElapsed, formatExactBytes,
} from './numbers.ts';
import {filesKo} from './files-ko.ts';
import {laboratoryKo} from './laboratory-ko.ts';
import {lessonReportKo} from './lesson-report-ko.ts';
import {lessonsKo} from './lessons-ko.ts';
import {linkKo} from './link-ko.ts';
import {withParticle} from './particle.ts';
import {messagesKo} from './messages-ko.ts';
import {relayKo} from './relay-ko.ts';
import {seriesKo} from './series-ko.ts';
import {sayKo} from './options-ko.ts';
import {settingsKo} from './settings-ko.ts';
import {viewsKo} from './views-ko.ts';

/** What each reply rule does. */
const rules: Words['help']['rules'] = {
	uppercase: '대문자로 바꾸어 응답',
	echo: '같은 바이트로 응답',
	reverse: '줄마다 거꾸로 뒤집어 응답',
	chat: '보낸 주소를 앞에 붙여 다른 모든 클라이언트에게 전송',
	discard: '응답하지 않음',
	manual: '자동 응답 없음: 서버의 입력 줄에서 직접 응답',
	custom: '파일의 규칙으로 응답 (--reply FILE)',
};

/** The screen in Korean. Names of rules, states and errors stay as the field writes them. */
export const ko: Words = {
	comments: 'ko',
	keys: {
		switchTo: protocol => `${protocol}로 전환`,
		newClient: '새 클라이언트',
		closeSocket: '소켓 닫기',
		removePane: '패널 제거',
		closeConnection: number => `연결 소켓 ${number} 닫기`,
		openServer: '서버 열기',
		stopServer: '서버 중지',
		connect: '연결',
		reconnect: '다시 연결',
		openSocket: '소켓 열기',
		nextRule: '응답 규칙',
		keepOpen: '연결 유지',
		closeAfterReply: '응답 후 닫기',
		halfClose: 'half-close(한쪽 종료)',
		acts: '소켓 실험',
		link: '네트워크 시뮬레이션',
		payload: '텍스트/16진수',
		view: name => `보기: ${name}`,
		flow: '흐름도',
		wholeFlow: '흐름도 전체 화면',
		bothScenes: 'UDP와 TCP 나란히',
		oneScene: '한 프로토콜만',
		laboratory: '오류 실험실',
		endExperiment: '종료하고 목록으로',
		lessons: '학습',
		lesson: '진행 중인 학습',
		hint: '힌트',
		saveReport: '보고서 저장',
		source: language => `${language} 프로그램`,
		filter: '찾기',
		save: '저장',
		zoom: '확대',
		unzoom: '모든 패널',
		allRows: '모든 행',
		otherRows: '다른 행 찾기',
		sendFile: '파일 보내기',
		stopFile: '파일 중지',
		lineEnding: '줄 끝',
		hexInput: '16진수 입력',
		textInput: '텍스트 입력',
		settings: '설정',
		destination: '목적지',
		serverAddress: '주소',
		help: '도움말',
		quit: '종료',
		typing: '입력으로',
		viewNumber: '번호로 보기 선택',
		leaveProgram: '메시지로 돌아가기',
		form: form => form === 'short' ? '짧은 형태' : '전체 형태',
		groups: {
			see: '보기', change: '변경', sockets: '소켓', more: '기타',
		},
		short: {
			'switch-protocol': 'UDP/TCP',
			'new-client': '추가',
			'close-socket': '닫기',
			'open-or-stop': '열기/중지',
			'reply-rule': '규칙',
			'keep-open': '연결 유지',
			hold: '보류',
			held: '보류 목록',
			'half-close': 'half-close',
			acts: '소켓 실험',
			'link-conditions': '시뮬레이션',
			payload: '16진수',
			view: '보기',
			'view-back': '이전 보기',
			'view-number': '보기',
			flow: '흐름도',
			'both-scenes': '나란히',
			laboratory: '실험실',
			lessons: '학습',
			hint: '힌트',
			source: '소스',
			filter: '찾기',
			zoom: '확대',
			save: '저장',
			'line-ending': '줄 끝',
			'hex-input': 'hex',
			settings: '설정',
			file: '파일',
			address: '주소',
			help: '도움말',
			quit: '종료',
			type: '입력',
		},
	},
	firstSteps: {
		type: 'hello 입력, Enter',
		typeInClient: 'Tab, 클라이언트에 hello 입력',
		lineEnding: '줄 끝 추가(줄 단위로 읽는 서버)',
		newClient: '새 클라이언트',
		hold: '메시지 보류',
		flow: '흐름도',
	},
	footer: {
		nextPane: '패널',
		laboratory: '실험실',
		send: '보내기',
		commands: '명령',
		quit: '다시 누르면 종료: 소켓이 닫히고 로그가 사라집니다',
		anyOtherKey: '다른 키',
		stay: '계속',
		choosePeer: '받는 쪽 선택',
		scroll: '스크롤',
		close: '닫기',
	},
	header: {
		server: '서버',
		noServerYet: '서버 없음',
		noServer: address => `서버 없음 · 클라이언트의 목적지는 ${address}`,
		closed: '닫힘',
		failed: '실패',
		exposed: '! 네트워크에 공개',
		rule: rule => `응답: ${rule}`,
		closeAfterReply: '응답 후 닫기',
		datagrams: count => `데이터그램 ${formatCount(count)}`,
		chunks: count => `읽기 ${formatCount(count)}`,
	},
	server: {
		title: '서버',
		udpSocket: address => [`UDP 소켓 하나 · ${address}`, `UDP · ${address}`, address],
		tcpSocket: address => [
			`환영 소켓(welcoming socket) ${address} · LISTEN`, `환영 소켓 ${address} · LISTEN`, `${address} · LISTEN`,
		],
		noSocket: '소켓 없음',
		opening: address => `${address} 여는 중`,
		noPeers: '아직 클라이언트 없음 · 이 소켓 하나가 모든 클라이언트를 처리합니다',
		noConnections: '아직 연결 없음 · accept()가 클라이언트마다 연결 소켓을 하나씩 만듭니다',
		noConnectionsNow: '지금은 연결 없음 · accept()가 클라이언트마다 연결 소켓을 하나씩 만듭니다',
		stopped: '중지됨 · Esc o: 열기',
		peers: '통신한 클라이언트:',
		connection: number => `연결 소켓 ${number}`,
		toTarget: number => `대상 ${number}`,
		shortConnection: number => `연결 ${number}`,
		more: count => `외 ${formatCount(count)}`,
		unfinished: ({length, whole}) =>
			`프레임: ${whole === undefined ? '' : `${formatExactBytes(whole)} 중 `}${formatExactBytes(length)}`,
		waiting: (bytes, onTheLink) => onTheLink < bytes ? `${formatBytes(bytes)} 전송 대기` : `${formatBytes(bytes)} 링크 위`,
		paused: '읽기 일시 중지',
		to: target => `(받는 쪽: ${target})`,
		toAll: count => `(받는 쪽: 모두 ${count})`,
		toNobody: '(아직 클라이언트 없음)',
		toNobodyNow: '(지금 클라이언트 없음)',
		toStopped: '(중지됨)',
		toGone: '(선택한 클라이언트가 연결을 끊음)',
	},
	client: {
		title: number => `클라이언트 ${number}`,
		tab: number => `클라이언트 ${number}`,
		udpSocket: 'UDP 소켓',
		tcpSocket: 'TCP 소켓',
		unbound: '아직 소켓 없음',
		connecting: '연결 중',
		noPortYet: address => `목적지 ${address} · 처음 보낼 때 소켓이 만들어집니다`,
		noDestination: '목적지 없음: 서버에 아직 포트가 없습니다',
		addressedTo: address => `연결 없음 · 데이터그램마다 목적지 ${address} 포함`,
		peerSet: address => `connect()로 정한 상대 ${address} · ICMP 오류를 통보받습니다`,
		serverStopped: '서버가 중지됨: 보내면 오류 없이 유실됩니다',
		connectingTo: address => `${address} 연결 중 … · Esc x: 취소`,
		connectedTo: address => `${address} 연결됨 · 쓰기에는 주소가 없습니다`,
		connectedToItself: address => `자기 자신 ${address}에 연결됨: 보낸 것이 그대로 돌아옵니다`,
		finSent: 'FIN 보냄 · 이 클라이언트는 이제 받기만 합니다',
		finishing: '아직 전송되지 않은 데이터 다음에 FIN이 나갑니다 · 쓰기는 끝났습니다',
		finReceived: address => `${address}에서 FIN을 받음 · Esc x 닫기, Esc o 다시 연결`,
		bothFinished: '양쪽 모두 FIN을 보냄',
		closed: '닫힘',
		closedTcp: (address, failure) => `닫힘${failure === '' ? '' : `: ${failure}`} · Esc o: ${address}에 연결`,
		closedUdp: '닫힘 · Esc o: 다음에 보낼 때 새 소켓이 만들어집니다',
		unfinished: ({length, whole}) =>
			`아직 완성된 메시지 없음: 프레임${whole === undefined ? '의' : ` ${formatExactBytes(whole)} 중`} ${formatExactBytes(length)} 도착`,
		waiting: (bytes, onTheLink) => onTheLink < bytes
			? `${formatBytes(bytes)} 전송 대기: 상대가 읽지 않습니다${onTheLink > 0 ? ` · 링크 위 ${formatBytes(onTheLink)}` : ''}`
			: `${formatBytes(bytes)} 시뮬레이션 링크 위`,
	},
	events: {
		'socket-bound': ({isServer, isAsked, local, port}) => isServer || isAsked ? `${local}에 바인딩(bind)` : `운영체제가 포트 ${withParticle(String(port), ['을', '를'])} 할당`,
		'listening-started': ({local}) => `${local}에서 수신 대기(listen)`,
		'connection-accepted': ({peer, socket}) => `${peer} 연결 수락(accept) → 연결 소켓 ${socket}`,
		'connection-rejected'({peer, limit, cause, count = 1}) {
			if (cause !== 'files') {
				return `${peer} 곧바로 닫음: 연결 한도(${formatCount(limit)})에 도달`;
			}

			const whom = count > 1 ? `클라이언트 ${formatCount(count)}개 더(마지막 ${peer})` : peer;
			return `${whom} 곧바로 닫음: 열린 파일이 너무 많음 (EMFILE, ulimit -n${limit > 0 ? ` ${formatCount(limit)}` : ''})`;
		},
		'connect-started': ({peer}) => `${peer}에 연결하는 중`,
		'connection-opened': ({peer, local}) => peer === local
			? `자기 자신에게 연결됨 ${local}: 운영체제가 바로 그 포트를 할당했습니다(동시 열기, simultaneous open)`
			: `연결됨 ${local} ⇄ ${peer}`,
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
		'rule-failed'({peer, cause, problem}) {
			switch (cause) {
				case 'slow': {
					return `규칙이 ${problem} 동안 ${peer}에 응답하지 않음: promise가 끝나지 않았습니다`;
				}

				case 'late': {
					return `규칙의 응답을 보내지 못함: ${withParticle(peer, ['이', '가'])} 이미 없습니다`;
				}

				default: {
					return `${peer}의 메시지에서 규칙이 실패하여 응답하지 않음: ${problem}`;
				}
			}
		},
		'message-received': ({message, reads, length}) => `${viewsKo.message(message, reads)}: ${formatExactBytes(length)}`,
		'framing-failed'({cause, framing, limit, length}) {
			switch (cause) {
				case 'unfinished': {
					const frame = framing === 'line' ? '한 줄' : (limit > 0 ? `프레임 ${formatExactBytes(limit)}` : '길이');
					return `메시지 아님: ${frame} 중 ${formatExactBytes(length)}만 오고 나머지는 오지 않음`;
				}

				case 'unsendable': {
					return `응답 ${formatExactBytes(length)} 보내지 않음: ${framing} 프레임에는 ${formatExactBytes(limit)}까지 들어갑니다`;
				}

				default: {
					const frame = framing === 'line' ? '줄' : `${formatExactBytes(length)} 프레임`;
					return `건너뜀: ${frame}, 메시지는 ${formatBytes(limit)}까지입니다 · 상대의 프레이밍(framing)도 ${framing}인가요?`;
				}
			}
		},
		'framing-changed': ({framing}) => `이제부터 프레이밍(framing): ${framing} (${viewsKo.framings[framing]})`,
		'leg-opened': ({peer, target}) => `${peer} 전용 소켓 → ${target}`,
		'leg-expired': ({peer, silence}) => `${formatDuration(silence)} 동안 ${peer} 쪽으로도, ${peer}에서도 데이터가 없어 소켓을 닫습니다`,
		'message-held': relayKo.events.held,
		'held-edited': relayKo.events.edited,
		'held-released': relayKo.events.released,
		'held-dropped': relayKo.events.dropped,
		'move-failed': ({local, code, isReopened}) => isReopened
			? `${local}(으)로 옮기지 못함(${code}): 옮기려고 소켓을 닫았고, 서버를 원래 주소에 다시 바인딩합니다`
			: `${local}(으)로 옮기지 못함(${code}): 서버는 원래 주소에서 계속 열려 있습니다`,
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
		'rule-changed': ({rule}) => `응답 규칙: ${rule} (${rules[rule]})`,
		'closing-changed': ({closeAfterReply}) => closeAfterReply
			? '응답한 뒤 연결 소켓을 닫습니다'
			: '응답한 뒤에도 연결 소켓을 열어 둡니다',
		'reply-unchanged': () => '그대로: 대소문자가 없는 글자뿐 · Esc r r: reverse',
		'destination-changed': ({destination, hasConnection}) => hasConnection
			? `다음 연결부터 목적지: ${destination} · Esc x로 이 연결을 닫고 Esc o로 연결`
			: `이제부터 목적지: ${destination}`,
		'link-changed': ({conditions, seed}) => `여기서 나가는 네트워크 시뮬레이션: ${conditions} (시드 ${seed})`,
		'loss-ordered': () => '여기서 나가는 다음 데이터그램은 링크에서 유실됩니다',
		'series-started': ({count, rate}) => seriesKo.started(count, rate),
		'series-ended': ({report}) => report ? seriesKo.ended(report) : '',
		'file-ended': filesKo.ended,
		'sequence-ended': ({name, count = 0, reason, problem}) => messagesKo.ended(name, count, reason, problem),
	},
	log: {
		thirdParty: '제삼자로부터',
		otherSource: '요청한 서버의 응답: 모든 주소에 바인딩되어, 운영체제가 출발지 주소를 선택',
		lost: '~유실',
		neverRead: '읽히지 않음',
		vacant: '소켓 없음',
		connectTime: ({call, loop, waiting}) =>
			`${formatElapsed(call + loop + waiting)}: connect() ${formatElapsed(call)}, 이벤트 루프 ${formatElapsed(loop)}`
			+ `, 커널 대기 ${formatElapsed(waiting)}`,
		newer: count => `↓ 새 행 ${formatCount(count)}`,
		older: count => `↑ ${formatCount(count)}`,
		gone: count => `오래된 행 ${formatCount(count)}개 삭제됨`,
	},
	line: {
		pasted: (lines, bytes, isBinary) =>
			`[붙여 넣음 ${formatCount(lines)}줄 · ${formatBytes(bytes)}${isBinary ? ' · UTF-8 아님' : ''}]`,
		pastedBytes: 'UTF-8이 아닌 바이트를 붙여 넣음: 그대로 보냅니다',
		pastedReplaced: count =>
			`U+FFFD ${formatCount(count)}개를 붙여 넣음(원래 문자이거나 UTF-8이 아닌 바이트): 각각 EF BF BD를 보냅니다`,
		pastedPairs: '터미널이 줄 끝마다 CR CR을 보냄: 둘을 하나로 봅니다',
		escapes: count => `이스케이프 ${formatCount(count)}개`,
		hex: {
			wrong: {
				'odd-digit': '홀수 자리', 'not-hex': '16진수 아님', 'large-value': '한 바이트 초과',
			},
			notSent(problem, at, column, line) {
				const where = `${line > 1 ? `${line}번째 줄 ` : ''}${column}번째 글자 '${at}'`;
				const why = {
					'odd-digit': '짝이 없습니다. 16진수는 두 자리가 한 바이트입니다',
					'not-hex': '16진수 숫자가 아닙니다',
					'large-value': '한 바이트보다 큽니다. 보낼 순서대로 0xDE 0xAD처럼 쓰십시오',
				};
				return `보내지 않음: ${where}: ${why[problem]}`;
			},
			notice: {
				hex: '입력은 16진수 바이트: DE AD, de:ad, 0xDE, 붙여 넣은 덤프. 줄 끝은 붙지 않습니다',
				text: '입력은 텍스트',
			},
		},
		encoding: {
			wrong: encoding => `${encoding}에 없는 문자`,
			wrongCharacter: (at, encoding) => `${encoding}에 없는 문자 '${at}'`,
			notSent: (at, encoding, column, line) =>
				`보내지 않음: ${line > 1 ? `${line}번째 줄 ` : ''}${column}번째 글자 '${at}': ${encoding}에 없는 문자입니다`,
			isCp949: 'UTF-8이 아니지만 올바른 CP949(EUC-KR) 바이트입니다: Esc j에서 인코딩을 바꿉니다',
		},
		ending: {
			none: '', lf: '+LF', crlf: '+CRLF', cr: '+CR', nul: '+NUL',
		},
		endingNotice: {
			none: '메시지 끝에 아무것도 붙이지 않습니다. 붙여 넣은 줄은 그대로 끝납니다',
			lf: String.raw`메시지와 붙여 넣은 줄마다 끝은 LF(\n)`,
			crlf: String.raw`메시지와 붙여 넣은 줄마다 끝은 CR LF(\r\n)`,
			cr: String.raw`메시지와 붙여 넣은 줄마다 끝은 CR 하나(\r)`,
			nul: String.raw`메시지와 붙여 넣은 줄마다 끝은 NUL(\0)`,
		},
	},
	prompt: {
		server: address => `서버 주소 ${address} → 새 주소:`,
		client: (number, address) => `클라이언트 ${number}의 목적지 ${address} → 새 주소:`,
		hint: 'host:port · Esc 취소',
		wrong: '✗ host:port 또는 [v6]:port 꼴이 아님',
	},
	tooSmall: {
		needs: 'socket-playground: 60x16 이상이 필요합니다',
		have: (columns, rows) => `이 창은 ${columns}x${rows} · 소켓은 열린 채로 있습니다`,
		keys: '여기서는 키가 동작하지 않습니다 · Ctrl+Q 종료',
		quit: 'q를 다시 누르면 종료: 소켓이 닫히고 로그가 사라집니다',
	},
	notice: {
		unknownCommand: letter => `'${letter}'에는 명령이 없습니다`,
		nothingToDo: letter => `지금 여기서는 동작하지 않는 키: '${letter}'`,
		bothNeedColumns: columns => `UDP와 TCP를 나란히 보려면 ${columns}열이 필요합니다`,
	},
	help: {
		commandsTitle: '명령: Esc 다음 글자 (^는 Ctrl과 함께 눌러 바로)',
		rulesTitle: '응답 규칙: 데이터그램이나 읽기마다 서버가 하는 일',
		rules,
		portsTitle: 'TCP 서버의 소켓은 모두 포트가 같습니다: 4-튜플(four-tuple: 양쪽 주소와 포트)로 구별합니다.',
		typingTitle: '입력',
		typing: [
			['Tab, Shift+Tab', '다음 패널, 이전 패널'],
			['Enter', '보내기; 학습 단계가 끝난 뒤 빈 줄에서는 다음 단계'],
			['Esc', '명령; 열린 화면에서는 한 단계 뒤로'],
			['Up, Down', '이 패널에서 보낸 것을 다시 불러오기'],
			['PageUp, PageDown', '패널이나 이 도움말 스크롤'],
			['Shift+Up', '행 선택; Enter로 페이로드 전체를 봅니다'],
			['Left, Right', '서버의 빈 입력 줄에서: 받는 쪽 선택'],
			['\\n \\r \\t \\e \\\\', '한 바이트를 나타내는 이스케이프(C와 같음)'],
			[String.raw`\0 \NNN \xNN`, '번호로 적은 바이트: 8진수, 16진수'],
			[String.raw`\u{N} \uNNNN`, '번호로 적은 문자'],
			['^A ^E ^B', '처음으로, 끝으로, 한 글자 앞으로'],
			['^U ^W ^Y', '처음까지 지우기, 앞 단어 지우기; 지운 것 다시 넣기'],
			['^H, Alt+Backspace', '앞 글자 지우기, 앞 단어 지우기'],
			['Alt+글자', 'Esc 다음 글자와 같음: 명령'],
			['마우스', '클릭: 패널로 가거나 항목 선택, 휠: 스크롤; Shift를 누르고 끌면 글자 선택'],
			['^Z', '프로그램 멈추기; 셸에서 fg로 이어서 합니다'],
		],
		takenChords: 'readline에서는 줄 편집 키이지만 여기서는 명령',
		signsTitle: '표시',
		signs: [
			['→  ←', '보냄, 받음'],
			['✗', '실패'],
			['●  ○', '열림, 닫힘'],
			['12 ms', '왕복 시간: 응답받은 메시지부터(TCP: 응답이 없던 가장 오래된 것부터), 프로그램의 처리 시간 포함'],
			['~ESTABLISHED ~2', '이 프로그램이 보내고 받은 것에서 추론한 값, 커널에서 읽은 값이 아님(시스템 호출도 같음)'],
			['connect() 1 ms', '호출 시간; 같은 컴퓨터의 소켓끼리는 핸드셰이크가 이 안에 듦. SYN부터 SYN+ACK까지는 측정 안 됨(패킷 캡처로 확인)'],
			['►  ›', '프로그램에서: 마지막으로 호출된 줄; 그 전 1초 동안 호출된 줄'],
			['▸', '서버 입력 줄의 받는 쪽'],
			['(2)  +2', '그 상대에게서 받은 데이터그램 수; 아직 보지 않은 행 수'],
			['▁▃▇ 메시지 9/초', '지난 8초의 초당 메시지(TCP: 읽기, 쓰기); 지난 1초의 수'],
			['= 쓰기 2개', '쓰기 둘의 바이트가 한 번에 읽힘 (Esc v로 봅니다)'],
			['[A] [B]', '바이트 보기에서 쓰기 1과 2; 문자는 색을 대신합니다'],
		],
		commands: {
			'switch-protocol': 'UDP와 TCP 전환; 소켓과 로그는 따로 유지됨',
			'new-client': '새 클라이언트',
			'close-socket': '클라이언트의 소켓이나 선택한 연결 소켓 닫기',
			'open-or-stop': '서버 열기/중지; 닫힌 클라이언트 다시 연결',
			'reply-rule': '다음 응답 규칙',
			'keep-open': 'TCP: 응답한 뒤 연결 소켓을 열어 두기/닫기',
			hold: '릴레이: 메시지를 양쪽 방향, 대상 쪽만, 클라이언트 쪽만 보류, 또는 모두 바로 전달',
			held: '릴레이: 보류된 메시지를 텍스트나 16진수로 편집, 버리기, 전달',
			'half-close': 'TCP: half-close(한쪽 종료): FIN을 보내고 받기는 계속',
			acts: '소켓 실험: 리셋, 읽기 중지, 문자 자르기, 두 번 쓰기; 연속 전송, 반복 전송, 부하; 저장된 메시지',
			'link-conditions': '네트워크 시뮬레이션: 방향별 유실, 지연 등; 시드(seed)',
			payload: '페이로드를 텍스트로, 또는 16진수와 텍스트로',
			view: '패널의 다음 보기: 메시지, 시스템 호출, 쓰기에서 읽기까지의 바이트, 소켓',
			'view-back': '패널의 이전 보기',
			'view-number': '메시지, 시스템 호출, 바이트, 소켓, 프로그램',
			zoom: '이 패널만, 또는 모든 패널; 프로그램에서는 짧은 형태와 전체 형태',
			flow: '흐름도(시퀀스 다이어그램): 120열부터 패널 옆에; 다시 누르면 전체 화면; 다시 누르면 닫힘',
			'both-scenes': 'UDP와 TCP 나란히: Tab은 양쪽 패널을 모두 돌고, 키는 포커스가 있는 쪽에 적용',
			laboratory: '오류 실험실: 흔한 소켓 오류를 일으키고 이유를 봅니다',
			lessons: '학습: 소켓 단원을 한 단계씩; 진행 중에는 그 명령: 다음, 힌트, 이전, 다시, 초기화, 나가기; 직접 만든 프로그램을 검사하는 실습',
			hint: '진행 중인 학습 단계의 다음 힌트',
			source: '이 패널의 소스 코드와 시스템 호출; 다시 누르면 다음 언어; z로 다른 형태',
			filter: '텍스트나 바이트(hex:0d0a)가 있는 행 찾기; Up, Down: 이전, 다음 일치',
			save: '패널이 보여주는 것 전체를 텍스트로 저장; 또는 장면을 명령줄이나 학습 파일로 저장',
			file: '파일 보내기, 또는 (> FILE) 상대가 보내는 것을 새 파일에 쓰기. 보내는 중에는 중지',
			'hex-input': '16진수로 바이트 입력(DE AD, de:ad, 0xDE, 붙여 넣은 덤프), 다시 누르면 텍스트 입력',
			'line-ending': '메시지와 붙여 넣은 줄의 끝: 없음, LF, CR LF, CR, NUL',
			settings: '이 패널의 설정: 소켓 옵션과 그 시스템 호출, 메시지를 쓰는 방법',
			address: '서버가 바인딩할 주소, 클라이언트의 목적지',
			help: '이 도움말',
			quit: '종료; 주고받은 것이 있으면 한 번 묻습니다 (Ctrl+C는 바로 종료)',
			type: '입력으로 (Enter도)',
		},
	},
	views: viewsKo,
	link: linkKo,
	settings: settingsKo,
	laboratory: laboratoryKo,
	lessonReport: lessonReportKo,
	lessons: lessonsKo,
	exercises: exerciseScreenKo,
	acts: actsKo,
	files: filesKo,
	messages: messagesKo,
	series: seriesKo,
	relay: relayKo,
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
