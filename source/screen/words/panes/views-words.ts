import type {RateSummary} from '../../../engine/api/scene-view.ts';
import type {RoundTripParts} from '../../../views/round-trip.ts';
import type {FramedWrite} from '../../../log/delivery/stream-place.ts';
import {prefixSize} from '../../../text/framing.ts';
import {
	formatBytes, formatCount, formatElapsed, formatExactBytes,
} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import {type Both, both, en} from '../both.ts';
import {flowEn, flowKo} from './flow-words.ts';

/** What the states of a TCP connection (RFC 9293 section 3.3.2) mean for the owner of the socket. */
const meanings: Readonly<Partial<Record<string, Both<string>>>> = {
	SYN_SENT: en('awaits SYN+ACK').ko('SYN+ACK 대기'),
	SYN_RECV: en('awaits the last ACK').ko('마지막 ACK 대기'),
	FIN_WAIT: en('FIN sent').ko('FIN 보냄'),
	FIN_WAIT1: en('FIN sent, not acked').ko('FIN 보냄, ACK 대기'),
	FIN_WAIT2: en('awaits the peer\'s FIN').ko('상대의 FIN 대기'),
	CLOSE_WAIT: en('peer finished, not closed here').ko('상대는 FIN을 보냄, 이쪽은 아직 열림'),
	LAST_ACK: en('awaits the ack of its FIN').ko('FIN에 대한 ACK 대기'),
	CLOSING: en('both sent FIN, awaits the ack').ko('양쪽 모두 FIN을 보냄, ACK 대기'),
	TIME_WAIT: en('closed first, waits ~60 s').ko('먼저 닫아 약 60초 대기'),
};

/** What the views of a pane, the flow diagram and the payload view say. */
export const viewsWords = {
	names: {
		'message-view': en('messages').ko('메시지'),
		'call-view': en('system calls').ko('시스템 호출'),
		'byte-view': en('bytes').ko('바이트'),
		'socket-view': en('sockets').ko('소켓'),
		'program-view': en('program').ko('프로그램'),
	},
	notes: {
		'system-picks-port': en('the OS chooses the port').ko('운영체제가 포트를 할당합니다'),
		'library-binds': en('Node calls it; else sendto() binds').ko('Node가 호출함; 없으면 sendto()가 바인딩'),
		'in-progress': en('returns before the handshake is done').ko('핸드셰이크를 기다리지 않습니다'),
		'handshake-done': en('the handshake is done').ko('핸드셰이크가 끝났습니다'),
		'to-itself': en('connected to itself: the OS chose the same port').ko('자기 자신에게 연결됨: 같은 포트가 할당됨'),
		'peer-finished': en('the peer has finished sending').ko('상대가 전송을 끝냈습니다'),
		'limit-reached': en('the limit is reached').ko('한도에 이르렀습니다'),
		'peer-gone': en('its client had reset it already').ko('클라이언트가 이미 리셋했습니다'),
		'earlier-send': en('bytes of an earlier send()').ko('앞선 send()의 데이터'),
		'no-handshake': en('no handshake: it only sets the peer').ko('핸드셰이크 없음: 상대만 정함'),
		'sends-reset': en('RST instead of FIN').ko('FIN 대신 RST'),
		'unread-data': en('data is unread: RST').ko('읽지 않은 데이터가 있어 RST'),
		'files-run-out': en('almost no file descriptor is left (EMFILE)').ko('남은 파일 디스크립터가 거의 없음 (EMFILE)'),
		'lost-by-link': en('then lost by the link').ko('그 뒤 링크에서 유실'),
	},
	/** The rules of a file are not in the program that the pane is shown as. */
	lacksRules: en('without the rules of the file').ko('응답 규칙 파일은 빠짐'),
	/** A message of a stream with a framing, and in how many reads it came. */
	message: both((number: number, reads: number) => reads > 1
		? en(`message ${formatCount(number)} from ${formatCount(reads)} reads`)
			.ko(`메시지 ${formatCount(number)} · 읽기 ${formatCount(reads)}번`)
		: en(`message ${formatCount(number)}`).ko(`메시지 ${formatCount(number)}`)),
	/** The messages that a write has in their frames, and what those have added. */
	framed: both(({framing, first, count}: FramedWrite) => {
		const from = formatCount(first);
		const to = formatCount(first + count - 1);
		const some = count === 1
			? en(`message ${from}`).ko(`메시지 ${from}`)
			: en(`messages ${from}–${to}`).ko(`메시지 ${from}–${to}`);
		const messages = count === 0 ? en(`part of message ${from}`).ko(`메시지 ${from}의 일부`) : some;
		const frame = framing === 'line'
			? en('with LF').ko('끝에 LF')
			: en(`behind ${prefixSize(framing)} B of length`).ko(`앞에 길이 ${prefixSize(framing)} B`);
		return en(`${messages.en}, ${frame.en}`).ko(`${messages.ko}, ${frame.ko}`);
	}),
	/** What each framing is. */
	framings: {
		none: en('a stream of bytes, each read by itself').ko('바이트 스트림, 읽은 단위 그대로'),
		line: en('a line feed behind each message').ko('메시지 뒤에 줄바꿈(LF)'),
		u8: en('its length before each message, in 1 byte').ko('메시지 앞에 길이 1바이트'),
		u16be: en('its length before each message, in 2 bytes, big-endian').ko('메시지 앞에 길이 2바이트, 빅 엔디언'),
		u16le: en('its length before each message, in 2 bytes, little-endian').ko('메시지 앞에 길이 2바이트, 리틀 엔디언'),
		u32be: en('its length before each message, in 4 bytes, big-endian').ko('메시지 앞에 길이 4바이트, 빅 엔디언'),
		u32le: en('its length before each message, in 4 bytes, little-endian').ko('메시지 앞에 길이 4바이트, 리틀 엔디언'),
	},
	/** In a pane's border: payloads are in hexadecimal. */
	hex: en('hex').ko('16진수'),
	/** In a pane's border. */
	framing: en((framing: string) => `framing ${framing}`).ko(framing => `프레이밍 ${framing}`),
	/** What the program that the pane is shown as does without. */
	lacks: en({framing: 'without the framing', encoding: 'without the encoding', ending: 'without the line ending'})
		.ko({framing: '프레이밍은 빠짐', encoding: '인코딩은 빠짐', ending: '줄 끝은 빠짐'}),
	languages: {
		python: en('Python').ko('파이썬'),
		javascript: en('JavaScript for Node').ko('자바스크립트(Node)'),
		c: 'C',
	},
	ledger: {
		write: en((number: number) => `write ${formatCount(number)}`).ko(number => `쓰기 ${formatCount(number)}`),
		read: en((number: number) => `read ${formatCount(number)}`).ko(number => `읽기 ${formatCount(number)}`),
		whole: (write: string) => write,
		first: en((bytes: number, write: string) => `first ${formatExactBytes(bytes)} of ${write}`)
			.ko((bytes, write) => `${write}의 앞 ${formatExactBytes(bytes)}`),
		last: en((bytes: number, write: string) => `last ${formatExactBytes(bytes)} of ${write}`)
			.ko((bytes, write) => `${write}의 뒤 ${formatExactBytes(bytes)}`),
		middle: en((bytes: number, from: number, write: string) =>
			`${formatExactBytes(bytes)} of ${write} from byte ${formatCount(from)}`)
			.ko((bytes, from, write) => `${write}의 ${formatCount(from)}번째부터 ${formatExactBytes(bytes)}`),
		more: en((count: number) => `${formatCount(count)} more`).ko(count => `${formatCount(count)}개 더`),
		of: en((socket: string) => `of ${socket}`).ko(socket => `(${socket})`),
		stream: en((from: number, to: number) => `stream ${formatCount(from)}–${formatCount(to)}`)
			.ko((from, to) => `스트림 ${formatCount(from)}–${formatCount(to)}`),
		foreign: en((address: string) => `${address}'s own bytes`).ko(address => `${address}에서 온 바이트`),
		leftTo: en((address: string) => `→ ${address}, another program`).ko(address => `→ ${address}, 다른 프로그램`),
		forgotten: en((bytes: number) => `${formatExactBytes(bytes)} of older writes`)
			.ko(bytes => `더 오래된 쓰기의 ${formatExactBytes(bytes)}`),
		notRead: en((bytes: number) => `${formatExactBytes(bytes)} not read yet`)
			.ko(bytes => `${formatExactBytes(bytes)} 아직 읽히지 않음`),
		vacant: en('the socket that was there is closed').ko('그곳에 있던 소켓은 닫혔습니다'),
		unbound: en('no socket was bound there').ko('그곳에 바인딩된 소켓이 없었습니다'),
		neverRead: en('never read: the other end has closed').ko('읽히지 않음: 상대 소켓이 닫혔습니다'),
		partNeverRead: en((bytes: number) => `${formatExactBytes(bytes)} never read`)
			.ko(bytes => `${formatExactBytes(bytes)} 읽히지 않음`),
		underWay: en('not read yet').ko('아직 읽히지 않음'),
		lost: en('~lost: the receive buffer was full, or the socket closed').ko('~유실: 수신 버퍼가 가득 찼거나 소켓이 닫혔습니다'),
		server: en('the server').ko('서버'),
		gone: en('a removed client').ko('제거된 클라이언트'),
		severalWrites: en((count: number) => `${formatCount(count)} writes`).ko(count => `쓰기 ${formatCount(count)}개`),
		message: en((number: number) => `message ${formatCount(number)}`).ko(number => `메시지 ${formatCount(number)}`),
		forgottenReads: en((bytes: number) => `${formatExactBytes(bytes)} of older reads`)
			.ko(bytes => `더 오래된 읽기의 ${formatExactBytes(bytes)}`),
		inNoMessage: en((bytes: number) => `${formatExactBytes(bytes)} in no whole message`)
			.ko(bytes => `완성된 메시지에 속하지 않는 ${formatExactBytes(bytes)}`),
	},
	sockets: {
		none: en('no socket is open').ko('열린 소켓이 없습니다'),
		unbound: en('no socket yet: the first send makes and binds it').ko('아직 소켓이 없습니다: 처음 보낼 때 만들어지고 바인딩됩니다'),
		udp: en('the UDP socket').ko('UDP 소켓'),
		welcoming: en('welcoming socket').ko('환영 소켓(welcoming socket)'),
		connection: en((number: number) => `connection ${number}`).ko(number => `연결 소켓 ${number}`),
		peer: en((number: number) => `peer ${number}`).ko(number => `상대 ${number}`),
		client: en('this client\'s socket').ko('이 클라이언트의 소켓'),
		oneForAll: en('one socket for all: each datagram has a source address').ko('소켓 하나로 모두 처리: 데이터그램마다 출발지 주소 포함'),
		samePort: en((port: number) => `all share port ${port}: the four-tuple tells them apart`)
			.ko(port => `모두 포트 ${port}: 4-튜플(four-tuple)로 구별합니다`),
		ownPort: en('the OS chose this end\'s port').ko('이쪽 포트는 운영체제가 할당했습니다'),
		toItself: en('both ends are this one socket: it is connected to itself').ko('양 끝이 같은 소켓입니다: 자기 자신에게 연결됨'),
		fromKernel: en('states and queues: the kernel\'s, from /proc/net').ko('상태와 큐: 커널의 /proc/net에서'),
		derived: en('~: states derived from the events, not read from the kernel')
			.ko('~: 상태는 이벤트에서 추론한 것이며, 커널에서 읽은 것이 아닙니다'),
		closedHere: en('closed, kept by the kernel').ko('닫힘, 커널에 남아 있음'),
		vanished: en('reset: the peer had closed').ko('리셋됨: 상대가 이미 닫았습니다'),
		meanings,
		toAccept: en((count: number) => `${formatCount(count)} to accept`)
			.ko(count => `accept 대기 ${formatCount(count)}`),
		toRead: en((bytes: number) => `${formatBytes(bytes)} unread`).ko(bytes => `안 읽은 데이터 ${formatBytes(bytes)}`),
		memoryToRead: en((bytes: number) => `${formatBytes(bytes)} of kernel memory unread`)
			.ko(bytes => `안 읽은 데이터의 커널 메모리 ${formatBytes(bytes)}`),
		toAcknowledge: en((bytes: number) => `${formatBytes(bytes)} unacked`)
			.ko(bytes => `ACK 대기 ${formatBytes(bytes)}`),
		dropped: en((count: number) => `${formatCount(count)} dropped`).ko(count => `버려짐 ${formatCount(count)}`),
		waiting: en((bytes: number) => `${formatBytes(bytes)} waiting here`)
			.ko(bytes => `프로그램 안에서 ${formatBytes(bytes)} 전송 대기`),
		readAhead: en((bytes: number) => `${formatBytes(bytes)} read ahead`).ko(bytes => `미리 읽음 ${formatBytes(bytes)}`),
		more: (above: number, below: number) =>
			[...(above > 0 ? [`↑ ${formatCount(above)}`] : []), ...(below > 0 ? [`↓ ${formatCount(below)}`] : [])].join(' '),
	},
	source: {
		nothingYet: en('no call yet').ko('아직 호출이 없습니다'),
		noLine: en('not in this program').ko('이 프로그램에 없음'),
	},
	rateSummary: {
		messages: en((count: number) => `${formatCount(count)} msg/s`).ko(count => `메시지 ${formatCount(count)}/초`),
		bytes: en((bytes: number) => `${formatBytes(bytes)}/s`).ko(bytes => `${formatBytes(bytes)}/초`),
		roundTrip: en(({last, median, p99, isNear}: NonNullable<RateSummary['roundTrip']>) =>
			`rtt ${formatElapsed(last)}, median ${formatElapsed(median, isNear)}, p99 ${formatElapsed(p99, isNear)}`)
			.ko(({last, median, p99, isNear}) =>
				`rtt ${formatElapsed(last)}, 중앙값 ${formatElapsed(median, isNear)}, p99 ${formatElapsed(p99, isNear)}`),
		shortRoundTrip: (last: number) => `rtt ${formatElapsed(last)}`,
	},
	filter: {
		label: en('show rows with:').ko('찾을 내용:'),
		hint: en('or hex:0d0a · ↑ ↓ matches · Enter keeps it · Esc ends it')
			.ko('또는 hex:0d0a · ↑ ↓: 이전, 다음 · Enter: 유지 · Esc: 끝'),
		none: en('no row with that · Esc / Esc shows all again').ko('해당하는 행이 없습니다 · Esc / Esc: 모두 보기'),
		wrong: en('✗ hex: takes two digits for each byte').ko('✗ hex: 뒤에는 바이트마다 두 자리'),
		hides: en('sent · rows that do not match are hidden: Esc / Esc shows all')
			.ko('보냄 · 일치하지 않는 행은 숨깁니다 · Esc / Esc: 모두 보기'),
		count: en((found: number, of: number, isComplete: boolean) =>
			`${formatCount(found)}${isComplete ? '' : '+'} of ${formatCount(of)}`)
			.ko((found, of, isComplete) => `${formatCount(of)} 중 ${formatCount(found)}${isComplete ? '' : '+'}`),
	},
	flow: {
		diagram: en(flowEn).ko(flowKo),
		title: en('FLOW').ko('흐름도'),
		nothing: en('nothing sent or received yet · Esc goes back').ko('아직 주고받은 것이 없습니다 · Esc: 돌아가기'),
		allHidden: en('all steps here are between other sockets').ko('여기 있는 행은 모두 다른 소켓 사이의 것입니다'),
		hidden: en((lanes: number, steps: number) =>
			[
				...(lanes > 0 ? [`${formatCount(lanes)} more socket${lanes === 1 ? '' : 's'}`] : []),
				...(steps > 0 ? [`${formatCount(steps)} step${steps === 1 ? '' : 's'} between them not shown`] : []),
			].join(' · '))
			.ko((lanes, steps) =>
				[
					...(lanes > 0 ? [`소켓 ${formatCount(lanes)}개 더`] : []),
					...(steps > 0 ? [`그 사이 ${formatCount(steps)}행은 보이지 않음`] : []),
				].join(' · ')),
		dropped: en((rows: number) => `${formatCount(rows)} older row${rows === 1 ? '' : 's'} dropped`)
			.ko(rows => `오래된 행 ${formatCount(rows)}개 삭제됨`),
		around: en((socket: string) => `around ${socket}, in the order of sending`).ko(socket => `${socket} 중심, 보낸 순서`),
		following: en('follows the end').ko('최신 행 표시'),
		scrolled: en('scrolled back').ko('이전 기록'),
		select: en('select').ko('행 선택'),
		unselect: en('no row').ko('선택 해제'),
		beside: en('beside the panes').ko('패널 옆으로'),
		copy: en('copy tshark line').ko('tshark 명령 복사'),
		copied: en('asked the terminal to copy the tshark line (OSC 52)').ko('터미널에 tshark 명령을 복사하도록 요청함(OSC 52)'),
		details: {
			title: en('ROW').ko('행'),
			newest: en((count: string) => `the newest of ${count}`).ko(count => `${count}개 중 가장 새로운 것`),
			sent: en('sent').ko('보냄'),
			read: en('read').ko('읽음'),
			sourcePort: en((port: number) => `source port ${port}`).ko(port => `출발지 포트 ${port}`),
			destinationPort: en((port: number) => `destination port ${port}`).ko(port => `목적지 포트 ${port}`),
			udpLength: en((length: number) => `length ${formatExactBytes(length)} (header 8 B + payload ${formatExactBytes(length - 8)})`)
				.ko(length => `길이 ${formatExactBytes(length)} (헤더 8 B + 페이로드 ${formatExactBytes(length - 8)})`),
			checksum: en((checksum: string) =>
				`checksum ${checksum}, computed here: a capture on lo may show another, which the kernel leaves unfinished there`)
				.ko(checksum =>
					`체크섬 ${checksum}, 여기서 계산한 값: lo에서는 커널이 계산을 미루므로 캡처한 값은 다를 수 있음`),
			noChecksum: {
				address: en('checksum not computed: an address is not known').ko('체크섬은 계산하지 않음: 모르는 주소가 있음'),
				payload: en('checksum not computed: the log has only the beginning of the payload')
					.ko('체크섬은 계산하지 않음: 로그에 페이로드의 앞부분만 있음'),
				link: en('checksum not computed: the simulated link has changed the payload')
					.ko('체크섬은 계산하지 않음: 네트워크 시뮬레이션이 페이로드를 바꿈'),
			},
			flags: en((flags: string) => `flags ${flags}`).ko(flags => `플래그 ${flags}`),
			noPayload: en('no payload').ko('페이로드 없음'),
			stream: en((length: number, offset: number) =>
				`payload ${formatCount(length)} B from byte ${formatCount(offset)} of the stream on (relative seq ${formatCount(offset + 1)})`)
				.ko((length, offset) =>
					`페이로드 ${formatCount(length)} B, 스트림의 바이트 ${formatCount(offset)}부터 (상대적 순서 번호 ${formatCount(offset + 1)})`),
			icmp: en('ICMP: port unreachable (type 3, code 3; in IPv6 type 1, code 4), from the kernel of the destination: no socket is bound there')
				.ko('ICMP: 포트 도달 불가(type 3, code 3; IPv6에서는 type 1, code 4). 목적지의 커널이 보냄: 그 포트에 소켓이 없음'),
			notOnWire: {
				call: en('not on the wire: something that the program did, or was told')
					.ko('회선에는 나타나지 않음: 프로그램이 한 일이거나 통지받은 일'),
				refused: en('not on the wire: the OS has not taken it').ko('회선에는 나타나지 않음: 운영체제가 받지 않음'),
				link: en('not on the wire: it has not left the simulated link').ko('회선에는 나타나지 않음: 네트워크 시뮬레이션이 내보내지 않음'),
			},
			unseen: {
				udp: en('not visible to a program: TTL, fragments, the rest of the IP header')
					.ko('프로그램이 볼 수 없는 것: TTL, IP 단편화, IP 헤더의 나머지'),
				tcp: en('not visible to a program: sequence numbers, window, checksum, TTL, segments')
					.ko('프로그램이 볼 수 없는 것: 순서 번호, 윈도우, 체크섬, TTL, 세그먼트'),
			},
		},
		formats: en({svg: 'an SVG picture', mermaid: 'text for Mermaid', text: 'plain text'})
			.ko({svg: 'SVG 그림', mermaid: 'Mermaid 텍스트', text: '일반 텍스트'}),
	},
	payload: {
		title: en('PAYLOAD').ko('페이로드'),
		gone: en('this payload was dropped from the log · Esc goes back').ko('이 페이로드는 로그에서 삭제되었습니다 · Esc: 돌아가기'),
		loading: en('reading …').ko('읽는 중 …'),
		characters: en((characters: number) => `${formatCount(characters)} character${characters === 1 ? '' : 's'}`)
			.ko(characters => `문자 ${formatCount(characters)}개`),
		isText: en((encoding: string) => `valid ${encoding}`).ko(encoding => `올바른 ${encoding}`),
		notText: en((encoding: string, bytes: number) => `not all ${encoding}: ${formatBytes(bytes)} invalid`)
			.ko((encoding, bytes) => `${withParticle(encoding, ['이', '가'])} 아닌 곳 ${formatBytes(bytes)}`),
		cut: en((bytes: number) => `ends inside a character (${formatBytes(bytes)} of it)`)
			.ko(bytes => `문자 중간에서 끝남 (그중 ${formatBytes(bytes)})`),
		empty: en('empty: 0 bytes').ko('비어 있음: 0바이트'),
		kept: en((kept: number, length: number) =>
			`the log keeps the first ${formatBytes(kept)} of ${formatBytes(length)}`)
			.ko((kept, length) => `로그에는 ${formatBytes(length)} 중 앞 ${formatBytes(kept)}만 있습니다`),
		roundTrip: en((elapsed: number, {there, server, back}: RoundTripParts) =>
			`rtt ${formatElapsed(elapsed)}: ${formatElapsed(there)} to the server · ${formatElapsed(server)} in it`
			+ ` · ${formatElapsed(back)} back (until read)`)
			.ko((elapsed, {there, server, back}) =>
				`rtt ${formatElapsed(elapsed)}: 서버까지 ${formatElapsed(there)} · 서버에서 ${formatElapsed(server)}`
				+ ` · 돌아와 읽기까지 ${formatElapsed(back)}`),
		copyText: en('copy text').ko('텍스트로 복사'),
		copyHex: en('copy hex').ko('16진수로 복사'),
		copied: en((bytes: number, isHex: boolean) =>
			`asked the terminal to copy ${formatExactBytes(bytes)} as ${isHex ? 'hex' : 'text'} (OSC 52) · if it does not, w saves it`)
			.ko((bytes, isHex) =>
				`터미널에 ${formatExactBytes(bytes)}를 ${isHex ? '16진수로' : '텍스트로'} 복사하도록 요청함(OSC 52) · 안 되면 w로 저장`),
		tooLong: en('too large for the clipboard: w saves it').ko('클립보드에는 너무 큽니다: w로 저장'),
		saveText: en('this view as text').ko('이 보기를 텍스트로'),
		saveBytes: en('its bytes').ko('바이트 그대로'),
		lines: en((from: number, to: number, of: number) =>
			`lines ${formatCount(from)}–${formatCount(to)} of ${formatCount(of)}`)
			.ko((from, to, of) => `${formatCount(of)}줄 중 ${formatCount(from)}–${formatCount(to)}`),
	},
	select: {
		open: en('open whole').ko('전체 보기'),
		move: en('other row').ko('다른 행'),
		matches: en('previous, next match').ko('이전, 다음 일치'),
		end: en('back').ko('돌아가기'),
		noPayload: en('this row has no payload').ko('이 행에는 페이로드가 없습니다'),
	},
	saved: en((path: string) => `saved ${path}`).ko(path => `저장했습니다: ${path}`),
	notSavable: en('nothing here to save').ko('여기에는 저장할 것이 없습니다'),
	/** What stands above a view that was saved. */
	saving: {
		/** Before what a panel shows is saved: where, and as what. */
		where: en((folder: string) => `save it whole in ${folder} as`).ko(folder => `전체를 저장할 폴더: ${folder}`),
		not: en('do not save').ko('저장 안 함'),
		rows: en((count: number) => `${formatCount(count)} row${count === 1 ? '' : 's'}`)
			.ko(count => `${formatCount(count)}행`),
		onlyWith: en((filter: string) => `only rows with: ${filter}`).ko(filter => `다음을 포함한 행만: ${filter}`),
		experiment: en((key: string, name: string) => `then Esc e ${key}: ${name}`)
			.ko((key, name) => `그다음 Esc e ${key}: ${name}`),
		/** What the command line does not bring back. */
		serverStopped: en('then Esc o in the server\'s pane: it was stopped').ko('그다음 서버 패널에서 Esc o: 서버가 중지되어 있었음'),
		destination: en((client: number, address: string) => `then Esc a in client ${client}: it sent to ${address}`)
			.ko((client, address) => `그다음 클라이언트 ${client}에서 Esc a: ${withParticle(address, ['으로', '로'])} 보냈음`),
		framing: en((client: number, framing: string) => `then Esc j in client ${client}: its framing was ${framing}`)
			.ko((client, framing) => `그다음 클라이언트 ${client}에서 Esc j: 프레이밍 ${framing}`),
		otherOptions: en((client: number) =>
			`${client === 0 ? 'the server' : `client ${client}`} has other socket options than this command gives it`)
			.ko(client =>
				`${client === 0 ? '서버' : `클라이언트 ${client}`}의 소켓 옵션은 이 명령이 주는 것과 다릅니다`),
		clientClosed: en((client: number) => `then Esc x in client ${client}: it was closed`)
			.ko(client => `그다음 클라이언트 ${client}에서 Esc x: 닫혀 있었음`),
		encoding: en((client: number, encoding: string) => `then Esc j in client ${client}: its encoding was ${encoding}`)
			.ko((client, encoding) => `그다음 클라이언트 ${client}에서 Esc j: 인코딩 ${encoding}`),
		ending: en((client: number, ending: string) =>
			`then Esc m in ${client === 0 ? 'the server' : `client ${client}`}: its messages ended with ${ending}`)
			.ko((client, ending) => `그다음 ${client === 0 ? '서버' : `클라이언트 ${client}`}에서 Esc m: 메시지 끝 ${ending}`),
		/** What is asked for before it is saved. */
		view: en('save this view').ko('이 보기 저장'),
		command: en('the scene as a command line').ko('장면을 명령줄로'),
		lesson: en('the scene as a lesson').ko('장면을 학습 파일로'),
		copy: en('copy the command line').ko('명령줄 복사'),
		copied: en('asked the terminal to copy the command line (OSC 52)').ko('터미널에 명령줄 복사를 요청했습니다 (OSC 52)'),
		lessonHead: en('a lesson that starts from this scene; socket-playground learn FILE --check tells what is wrong with it')
			.ko('이 장면에서 시작하는 학습. 잘못된 곳 확인: socket-playground learn FILE --check'),
		noLesson: en('a lesson has a server of its own: these clients send to another program\'s')
			.ko('학습에는 자체 서버가 필요합니다. 이 클라이언트들은 다른 프로그램의 서버로 보냅니다'),
	},
};
