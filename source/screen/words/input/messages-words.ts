import type {FileEnd} from '../../../log/reports.ts';
import {formatBytes, formatCount} from '../../../text/numbers.ts';
import {type Both, both, en} from '../both.ts';

/** Why a sequence has ended before its end. */
const ends: Readonly<Partial<Record<FileEnd['reason'], Both<string>>>> = {
	stopped: en(' · stopped').ko(' · 중지함'),
	closed: en(' · the socket can no longer send').ko(' · 소켓이 더 보낼 수 없음'),
	failed: en(' · the next was refused').ko(' · 다음 메시지는 거부됨'),
};

function messages(count: number): string {
	return `${formatCount(count)} message${count === 1 ? '' : 's'}`;
}

/** A message of a sequence that has no name: its place there, and the name of the sequence. */
const unnamed = /^(.*)\/(\d+)$/;

export function sequenceEnded(name: string, count: number, reason: FileEnd['reason'], problem: string): Both<string> {
	const why = problem === '' ? '' : ` (${problem})`;
	return en(`sequence ${name}: ${messages(count)} sent${ends[reason]?.en ?? ''}${why}`)
		.ko(`시퀀스 ${name}: 메시지 ${formatCount(count)}개 보냄${ends[reason]?.ko ?? ''}${why}`);
}

export function messageTooLarge(name: string, size: number, limit: number): Both<string> {
	const [has, most] = [formatBytes(size), formatBytes(limit)];
	return en(`not sent: ${name.replace(unnamed, 'message $2 of $1')} has ${has}, and one datagram to this address holds at most ${most}.`)
		.ko(`보내지 않음: ${name.replace(unnamed, '$1의 메시지 $2')}의 크기는 ${has}이고, 이 주소로 보내는 데이터그램 하나는 최대 ${most}입니다.`);
}

export const messagesWords = {
	title: en((file: string) => `saved messages · ${file}`).ko(file => `저장된 메시지 · ${file}`),
	/** The same, where it has nothing. */
	none: en('saved messages: start with --messages FILE.yaml').ko('저장된 메시지: --messages 파일.yaml로 시작하면 나옵니다'),
	changed: en((file: string, count: number) => `${file} has changed: ${formatCount(count)} saved ${count === 1 ? 'entry' : 'entries'}`)
		.ko((file, count) => `${file} 파일이 바뀜: 저장된 항목 ${formatCount(count)}개`),
	broken: en((problem: string) => `${problem} · the saved messages stay as they were`)
		.ko(problem => `${problem} · 저장된 메시지는 이전 그대로입니다`),
	gone: en((name: string) => `the saved message ${name} no longer exists`).ko(name => `저장된 메시지 ${name}: 이제 없습니다`),
	unreadable: en((name: string, problem: string) => `not sent: ${name}: ${problem}`)
		.ko((name, problem) => `보내지 않음: ${name}: ${problem}`),
	/** The least length, where a number in it may have more digits. */
	size: en((bytes: number, isExact: boolean) => `${isExact ? '' : '≥ '}${formatBytes(bytes)}`)
		.ko((bytes, isExact) => `${formatBytes(bytes)}${isExact ? '' : ' 이상'}`),
	sequence: both((count: number, rounds: number | undefined) => {
		const times = rounds === 1 ? '' : ` × ${formatCount(rounds ?? 0)}`;
		return rounds === undefined
			? en(`${messages(count)}, until stopped`).ko(`메시지 ${formatCount(count)}개, 중지할 때까지`)
			: en(`${messages(count)}${times}`).ko(`메시지 ${formatCount(count)}개${times}`);
	}),
	sends: en('Sends it as if it had been typed. Placeholders are filled in when it is sent.')
		.ko('입력한 것처럼 보냅니다. 자리표시자는 보낼 때 채워집니다.'),
	begins: en('Begins the sequence. Esc b s stops it.').ko('시퀀스를 시작합니다. Esc b s로 중지합니다.'),
	running: en((name: string) => `${name} is being sent: s stops it.`).ko(name => `${name} 보내는 중: s로 중지합니다.`),
	sending: both((name: string, sent: number, wanted: number | undefined) => wanted === undefined
		? en(`▶ ${name} · ${formatCount(sent)} sent, until stopped`)
			.ko(`▶ ${name} · ${formatCount(sent)}개 보냄, 중지할 때까지`)
		: en(`▶ ${name} · ${formatCount(sent)} of ${formatCount(wanted)} sent`)
			.ko(`▶ ${name} · ${formatCount(wanted)} 중 ${formatCount(sent)} 보냄`)),
	stop: en('Esc b s stops').ko('Esc b s: 중지'),
	stopIt: en('stop the sequence').ko('시퀀스 중지'),
	refused: {
		underWay: en('not now: saved messages are being sent from here. Esc b s stops them.')
			.ko('지금은 안 됩니다: 저장된 메시지를 보내는 중입니다. Esc b s로 중지합니다.'),
		none: en('no saved messages are being sent from here.').ko('보내는 중인 저장된 메시지가 없습니다.'),
	},
};
