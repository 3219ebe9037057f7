import type {LinkDirection} from '../../../link/random.ts';
import {formatBytes, formatCount, formatElapsed} from '../../../text/numbers.ts';
import {type Both, both, en} from '../both.ts';

/** What is told of a held message: its number, its bytes, how long it was held, and what else its event says. */
export type HeldValues = {
	readonly peer: string;
	readonly held: number;
	readonly length: number;
	readonly before: number | undefined;
	readonly after: number;
	readonly end: 'fin' | 'reset' | undefined;
	readonly cause: string | undefined;
	readonly isPaused: boolean;
	readonly isResumed: boolean;
	readonly isStream: boolean;
};

export type Holding = 'none' | 'both' | LinkDirection;

export function holdingOf(directions: readonly LinkDirection[]): Holding {
	return directions.length > 1 ? 'both' : directions[0] ?? 'none';
}

/** A held message by its number among those: with a framing, its number in its stream is another. */
function what({end, held}: Pick<HeldValues, 'end' | 'held'>): string {
	return end === undefined ? `#${formatCount(held)}` : (end === 'fin' ? 'FIN' : 'RST');
}

const nothing = en('').ko('');
const resumed = en(' · reading again').ko(' · 다시 읽음');

const tell = both<[values: HeldValues], Both<string>>;

export const heldEvents = {
	held: tell(values => {
		const {end, peer, length, isPaused} = values;
		const name = what(values);
		if (end !== undefined) {
			return en(`${name} from ${peer} waits behind what is held`).ko(`${peer}의 ${name}: 보류된 데이터 뒤에서 대기`);
		}

		return en(`${name} held: ${formatBytes(length)} from ${peer}${isPaused ? ' · reading paused until there is room' : ''}`)
			.ko(`${name} 보류: ${peer}에서 온 ${formatBytes(length)}${isPaused ? ' · 자리가 날 때까지 읽기 일시 중지' : ''}`);
	}),
	edited: tell(values => {
		const {before = 0, length, isStream} = values;
		const [from, to] = [formatBytes(before), formatBytes(length)];
		return en(`${what(values)} edited by hand: from ${from} to ${to}${isStream ? ' · the stream is changed' : ''}`)
			.ko(`${what(values)} 편집: ${from} → ${to}${isStream ? ' · 바이트 스트림이 바뀜' : ''}`);
	}),
	released: tell(values => {
		const {before, length, after, cause, isResumed} = values;
		const [name, waited, to] = [what(values), formatElapsed(after), formatBytes(length)];
		const edited = before === undefined
			? nothing
			: en(` as edited (${formatBytes(before)} to ${to})`).ko(` 편집한 내용(${formatBytes(before)} → ${to})`);
		const full = cause === 'full' ? en(': too many are held').ko(': 보류 한도 초과') : nothing;
		const why = cause === 'off' ? en(': holding has ended').ko(': 보류 끝') : full;
		const then = isResumed ? resumed : nothing;
		return en(`${name} let go${edited.en} after ${waited}${why.en}${then.en}`)
			.ko(`${name}${edited.ko} 전달, ${waited} 보류${why.ko}${then.ko}`);
	}),
	dropped: tell(values => {
		const {length, after, cause, isStream, isResumed, end} = values;
		const [name, waited, bytes] = [what(values), formatElapsed(after), formatBytes(length)];
		const then = isResumed ? resumed : nothing;
		if (cause === 'closed') {
			const lost = end === undefined ? `: ${bytes}` : '';
			return en(`${name} dropped after ${waited}${lost}, the socket that it was for is closed${then.en}`)
				.ko(`${name} 버려짐, ${waited} 보류${lost}, 받을 소켓이 닫혔습니다${then.ko}`);
		}

		const lost = isStream
			? en(`${bytes} are missing from the stream`).ko(`바이트 스트림에서 ${bytes} 빠짐`)
			: en(bytes).ko(bytes);
		return en(`${name} dropped by hand after ${waited}: ${lost.en}${then.en}`)
			.ko(`${name} 버림, ${waited} 보류: ${lost.ko}${then.ko}`);
	}),
};

export const relayWords = {
	title: en('RELAY').ko('릴레이'),
	header: en('relay').ko('릴레이'),
	around: en('the relay').ko('릴레이'),
	target: en('target').ko('대상'),
	noSocket: en('no socket').ko('소켓 없음'),
	/** In the header, where a server's reply rule stands. */
	to: en((target: string) => `to ${target}`).ko(target => `대상 ${target}`),
	/** A row's way where there is room: from whom, or to whom. */
	ways: {
		fromClient: en((client: string) => `${client} → relay`).ko(client => `${client} → 릴레이`),
		toClient: en((client: string) => `relay → ${client}`).ko(client => `릴레이 → ${client}`),
		fromTarget: en((target: string) => `${target} → relay`).ko(target => `${target} → 릴레이`),
		toTarget: en((target: string) => `relay → ${target}`).ko(target => `릴레이 → ${target}`),
	},
	noPeers: en('no client yet · each gets a socket of its own to the target')
		.ko('클라이언트가 아직 없음 · 클라이언트마다 대상으로 가는 소켓을 따로 엽니다'),
	noConnections: en('no connection yet · each gets one of its own to the target')
		.ko('연결이 아직 없음 · 연결마다 대상으로 가는 연결을 따로 맺습니다'),
	noConnectionsNow: en('no connection now · each gets one of its own to the target')
		.ko('지금은 연결이 없음 · 연결마다 대상으로 가는 연결을 따로 맺습니다'),
	stopped: en('stopped · Esc o opens it').ko('중지됨 · 이 패널에서 Esc o: 열기'),
	sockets: en('each client has a socket of its own to the target: the OS chose its port')
		.ko('클라이언트마다 대상으로 가는 소켓이 따로 있습니다: 포트는 운영체제가 할당'),
	/** The state of what is held, in the pane: which way, and how many. */
	holding: {
		none: en('passes everything on · Esc k holds messages').ko('모두 바로 전달 · Esc k: 메시지 보류'),
		both: en('holds both ways').ko('양쪽 방향 보류'),
		'to-server': en('holds what goes to the target').ko('대상으로 가는 메시지 보류'),
		'to-clients': en('holds what goes to the clients').ko('클라이언트로 가는 메시지 보류'),
	},
	held: en((count: number, bytes: number) => `${formatCount(count)} held · ${formatBytes(bytes)}`)
		.ko((count, bytes) => `${formatCount(count)}개 보류 · ${formatBytes(bytes)}`),
	/** Of what is held, what came from clients whose connections are closed. */
	heldOfClosed: en((count: number) => `${formatCount(count)} of closed clients`)
		.ko(count => `닫힌 클라이언트의 것 ${formatCount(count)}개`),
	heldShort: en((count: number) => `${formatCount(count)} HELD`).ko(count => `보류 ${formatCount(count)}`),
	heldOfLeg: en((toTarget: number, toClients: number) => [
		...(toTarget > 0 ? [`║${formatCount(toTarget)} → target`] : []),
		...(toClients > 0 ? [`║${formatCount(toClients)} → client`] : []),
	].join(' ')).ko((toTarget, toClients) => [
		...(toTarget > 0 ? [`║${formatCount(toTarget)} → 대상`] : []),
		...(toClients > 0 ? [`║${formatCount(toClients)} → 클라이언트`] : []),
	].join(' ')),
	/** Bytes of a message whose rest has not come, with which it is held. */
	kept: en((bytes: number) => `${formatBytes(bytes)} of a message await the rest`)
		.ko(bytes => `메시지의 앞 ${formatBytes(bytes)}: 나머지를 기다림`),
	notRead: en('not read: too much is held').ko('읽지 않음: 보류가 너무 많음'),
	openList: en('Esc r shows them').ko('Esc r: 목록'),
	line: en('a relay sends only what it gets').ko('릴레이는 받은 것만 보냅니다'),
	lineHeld: en('Enter or Esc r: the held messages').ko('Enter 또는 Esc r: 보류된 메시지'),
	notHere: en((letter: string) => `'${letter}' does nothing in a relay's pane: it sends only what it gets`)
		.ko(letter => `'${letter}': 릴레이 패널에는 없는 명령입니다. 릴레이는 받은 것만 보냅니다`),
	noProgram: en('a relay is no program of a few lines: this view is for servers and clients')
		.ko('릴레이에는 짧은 프로그램 보기가 없습니다: 서버와 클라이언트에만 있습니다'),
	keys: {
		open: en('open relay').ko('릴레이 열기'),
		stop: en('stop relay').ko('릴레이 중지'),
		hold: {
			none: en('hold both ways').ko('양쪽 방향 보류'),
			both: en('hold only to the target').ko('대상 쪽만 보류'),
			'to-server': en('hold only to the clients').ko('클라이언트 쪽만 보류'),
			'to-clients': en('stop holding').ko('보류 끝내기'),
		},
		list: en('held messages').ko('보류된 메시지'),
	},
	list: {
		title: en('HELD MESSAGES').ko('보류된 메시지'),
		count: en((from: number, to: number, of: number) => `${formatCount(from)}–${formatCount(to)} of ${formatCount(of)}`)
			.ko((from, to, of) => `${formatCount(of)}개 중 ${formatCount(from)}–${formatCount(to)}`),
		nothing: en('nothing is held').ko('보류된 메시지가 없습니다'),
		nothingYet: en('nothing is held: Esc k begins to hold').ko('보류된 메시지가 없습니다: Esc k로 보류를 시작합니다'),
		toTarget: en((client: string) => `${client} → target`).ko(client => `${client} → 대상`),
		toClient: en((client: string) => `target → ${client}`).ko(client => `대상 → ${client}`),
		fin: en('FIN, behind the bytes before it').ko('FIN, 앞선 바이트 뒤에서 대기'),
		reset: en('RST, behind the bytes before it').ko('RST, 앞선 바이트 뒤에서 대기'),
		edited: en((before: number) => `edited, was ${formatBytes(before)}`)
			.ko(before => `편집됨, 원래 ${formatBytes(before)}`),
		/** What is asked for once more, of a message by its number. */
		dropping: en((number: number) => `drop #${formatCount(number)}`).ko(number => `#${formatCount(number)} 버리기`),
		releasing: en((count: number) => `let all ${formatCount(count)} go`)
			.ko(count => `${formatCount(count)}개 모두 전달`),
		undoing: en((number: number) => `let #${formatCount(number)} go without the edit`)
			.ko(number => `#${formatCount(number)} 편집을 버리고 원본 전달`),
		endsAreNotEdited: en('the end of a stream cannot be edited or dropped: it goes on behind its bytes')
			.ko('스트림의 끝은 편집하거나 버릴 수 없습니다: 앞선 바이트 뒤에 전달됩니다'),
		wrongSize: both((length: number, {least, most}: Readonly<Record<'least' | 'most', number>>) => length < least
			? en('no byte is left: Esc, and x drops it').ko('남은 바이트가 없습니다: Esc 뒤 x로 버립니다')
			: en(`${formatBytes(length)}: a message that is edited has ${formatBytes(most)} at most`)
				.ko(`${formatBytes(length)}: 편집하는 메시지는 최대 ${formatBytes(most)}입니다`)),
		hints: {
			move: en('choose').ko('선택'),
			edit: en('edit').ko('편집'),
			release: en('let go').ko('전달'),
			original: en('as it was').ko('원본 전달'),
			all: en('all').ko('모두'),
			drop: en('drop').ko('버리기'),
		},
		edit: {
			label: en((number: number, isHex: boolean) => `#${formatCount(number)}, ${isHex ? 'hex' : 'text'}:`)
				.ko((number, isHex) => `#${formatCount(number)}, ${isHex ? '16진수' : '텍스트'}:`),
			hint: en((bytes: string) => `${bytes} · Enter keeps it · Tab text/hex · Esc leaves it`)
				.ko(bytes => `${bytes} · Enter: 편집 완료 · Tab: 텍스트/16진수 · Esc: 그대로 두기`),
			noText: en('these bytes cannot be typed as text: hex only').ko('이 바이트는 텍스트로 입력할 수 없습니다: 16진수만 가능'),
			notTaken: en((problem: string) => problem.replace(/^not sent: /, ''))
				.ko(problem => problem.replace(/^보내지 않음: /, '')),
		},
	},
};
