import type {FileEnd} from '../../../log/reports.ts';
import {formatBytes, formatCount} from '../values/numbers.ts';
import type {messagesEn} from './messages-en.ts';

const ends: Readonly<Partial<Record<FileEnd['reason'], string>>> = {stopped: ' · 중지함', closed: ' · 소켓이 더 보낼 수 없음', failed: ' · 다음 메시지는 거부됨'};

function called(name: string): string {
	return name.replace(/^(.*)\/(\d+)$/, '$1의 메시지 $2');
}

/** What is said of saved messages, in Korean. */
export const messagesKo: typeof messagesEn = {
	ended: (name, count, reason, problem) => `시퀀스 ${name}: 메시지 ${formatCount(count)}개 보냄${ends[reason] ?? ''}${problem === '' ? '' : ` (${problem})`}`,
	title: file => `저장된 메시지 · ${file}`,
	none: '저장된 메시지: --messages 파일.yaml로 시작하면 나옵니다',
	changed: (file, count) => `${file} 파일이 바뀜: 저장된 항목 ${formatCount(count)}개`,
	broken: problem => `${problem} · 저장된 메시지는 이전 그대로입니다`,
	gone: name => `저장된 메시지 ${name}: 이제 없습니다`,
	unreadable: (name, problem) => `보내지 않음: ${name}: ${problem}`,
	size: (bytes, isExact) => `${formatBytes(bytes)}${isExact ? '' : ' 이상'}`,
	sequence: (count, rounds) =>
		`메시지 ${formatCount(count)}개${rounds === 1 ? '' : (rounds === undefined ? ', 중지할 때까지' : ` × ${formatCount(rounds)}`)}`,
	sends: '입력한 것처럼 보냅니다. 자리표시자는 보낼 때 채워집니다.',
	begins: '시퀀스를 시작합니다. Esc b s로 중지합니다.',
	running: name => `${name} 보내는 중: s로 중지합니다.`,
	sending: (name, sent, wanted) =>
		`▶ ${name} · ${wanted === undefined ? `${formatCount(sent)}개 보냄, 중지할 때까지` : `${formatCount(wanted)} 중 ${formatCount(sent)} 보냄`}`,
	stop: 'Esc b s: 중지',
	stopIt: '시퀀스 중지',
	refused: {
		underWay: '지금은 안 됩니다: 저장된 메시지를 보내는 중입니다. Esc b s로 중지합니다.',
		none: '보내는 중인 저장된 메시지가 없습니다.',
		tooLarge: (name, size, limit) =>
			`보내지 않음: ${called(name)}의 크기는 ${formatBytes(size)}이고, 이 주소로 보내는 데이터그램 하나는 최대 ${formatBytes(limit)}입니다.`,
	},
};
