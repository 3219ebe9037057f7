import type {SocketOption} from '../../../log/event.ts';
import {formatOption, type OptionName} from '../../../log/calls/socket-option.ts';
import {formatAddress} from '../../../text/address.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {formatBytes, formatCount} from '../values/numbers.ts';
import type {sayEn} from './options-en.ts';

const names: Readonly<Record<OptionName, string>> = {
	broadcast: 'SO_BROADCAST',
	ttl: 'TTL',
	'multicast-ttl': '멀티캐스트 TTL',
	loopback: '멀티캐스트 루프백',
	interface: '멀티캐스트 송신 인터페이스',
	join: '그룹 가입',
	leave: '그룹 탈퇴',
	rcvbuf: 'SO_RCVBUF',
	sndbuf: 'SO_SNDBUF',
	nodelay: 'TCP_NODELAY',
	keepalive: 'keep-alive',
	backlog: 'listen()의 backlog',
	source: '출발지 주소',
};

const switched: Readonly<Record<string, string>> = {on: '켬', off: '끔'};

/** An option's value; what is on or off in Korean. */
function valueOf(option: SocketOption): string {
	const value = formatOption(option);
	return switched[value] ?? value;
}

const advice: Readonly<Record<string, string>> = {
	EINVAL: '멀티캐스트 그룹인지, 인터페이스가 멀티캐스트를 지원하는지 확인하십시오.',
	ENODEV: '이 컴퓨터에 있는 인터페이스를 적으십시오. ip addr로 볼 수 있습니다.',
	EADDRINUSE: '이 소켓은 이미 그 그룹에 있습니다.',
	EADDRNOTAVAIL: '이 소켓이 그 그룹에 없거나, 그 주소를 가진 인터페이스가 없습니다.',
	ENOBUFS: '소켓 하나가 가입할 수 있는 그룹 수의 한도입니다(net.ipv4.igmp_max_memberships).',
	EAFNOSUPPORT: '소켓의 IP 버전이 다릅니다.',
	ENOPROTOOPT: '소켓의 IP 버전이 다릅니다.',
};

export const sayKo: typeof sayEn = {
	optionSet(option, granted) {
		switch (option.name) {
			case 'broadcast': {
				return option.value === 1
					? 'SO_BROADCAST 켬: 이 소켓은 브로드캐스트 주소로 보낼 수 있습니다'
					: 'SO_BROADCAST 끔: 이 소켓은 브로드캐스트를 보내지 않습니다';
			}

			case 'multicast-ttl': {
				const reach = ['멀티캐스트가 이 컴퓨터 안에 머뭅니다', '멀티캐스트가 이 네트워크 안에 머뭅니다'][option.value ?? 2];
				return `멀티캐스트 TTL ${formatOption(option)}${reach === undefined ? '' : `: ${reach}`}`;
			}

			case 'loopback': {
				return option.value === 1
					? '멀티캐스트 루프백 켬: 이 소켓이 보내는 것을 이 컴퓨터의 소켓도 받습니다'
					: '멀티캐스트 루프백 끔: 이 소켓이 보내는 것을 이 컴퓨터의 소켓은 받지 않습니다';
			}

			case 'rcvbuf':
			case 'sndbuf': {
				return `${names[option.name]}: ${formatBytes(option.value ?? 0)} 요청, 커널이 정한 크기 ${formatBytes(granted ?? 0)}`;
			}

			case 'nodelay': {
				return option.value === 1
					? 'TCP_NODELAY 켬: 작은 세그먼트를 바로 보냅니다'
					: 'TCP_NODELAY 끔: 작은 세그먼트는 ACK를 기다립니다(Nagle 알고리즘)';
			}

			case 'keepalive': {
				return option.value
					? `keep-alive: ${formatCount(option.value)}초 동안 데이터가 없으면 1초마다 최대 10번 상대를 확인합니다`
					: 'keep-alive 끔';
			}

			case 'join': {
				return `그룹 ${formatOption(option)} 가입`;
			}

			case 'leave': {
				return `그룹 ${formatOption(option)} 탈퇴`;
			}

			case 'interface': {
				return `멀티캐스트를 보낼 인터페이스: ${formatOption(option)}`;
			}

			default: {
				return `${names[option.name]}: ${valueOf(option)}`;
			}
		}
	},
	optionFailed(option, failure) {
		const {code = '', message = ''} = failure ?? {};
		const what = `${names[option.name]} ${valueOf(option)} 실패 (${code})`;
		const why = message === '' || message.includes(code) ? '' : `: ${visibleLine(message)}`;
		return `${what}${why}. ${advice[code] ?? '소켓은 그대로입니다.'}`;
	},
	sourceFailed({code, message}, source) {
		const why: Readonly<Record<string, string>> = {
			EADDRINUSE: '다른 소켓이 바인딩되어 있습니다', EADDRNOTAVAIL: '이 컴퓨터의 주소가 아닙니다',
		};
		return `출발지 ${formatAddress(source)} 바인딩 실패 (${code}): ${why[code] ?? visibleLine(message)}. Esc j로 바꾸십시오.`;
	},
	optionChosen: option => `다음 소켓부터: ${names[option.name]} ${valueOf(option)}`,
};
