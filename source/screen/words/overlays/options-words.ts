import type {Address, SocketFailure, SocketOption} from '../../../log/event.ts';
import {formatOption, type OptionName} from '../../../log/calls/socket-option.ts';
import {formatAddress} from '../../../text/address.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {type Both, en} from '../both.ts';
import {formatBytes, formatCount} from '../../../text/numbers.ts';

const names: Readonly<Record<OptionName, Both<string>>> = {
	broadcast: en('SO_BROADCAST').ko('SO_BROADCAST'),
	ttl: en('TTL').ko('TTL'),
	'multicast-ttl': en('multicast TTL').ko('멀티캐스트 TTL'),
	loopback: en('multicast loopback').ko('멀티캐스트 루프백'),
	interface: en('multicast interface').ko('멀티캐스트 송신 인터페이스'),
	join: en('join').ko('그룹 가입'),
	leave: en('leave').ko('그룹 탈퇴'),
	rcvbuf: en('SO_RCVBUF').ko('SO_RCVBUF'),
	sndbuf: en('SO_SNDBUF').ko('SO_SNDBUF'),
	nodelay: en('TCP_NODELAY').ko('TCP_NODELAY'),
	keepalive: en('keep-alive').ko('keep-alive'),
	backlog: en('backlog of listen()').ko('listen()의 backlog'),
	source: en('source address').ko('출발지 주소'),
};

/** What to do about an option that the system has refused, by the error's name. */
const advice: Readonly<Partial<Record<string, Both<string>>>> = {
	EINVAL: en('Is it a multicast group, and has the interface multicast?')
		.ko('멀티캐스트 그룹인지, 인터페이스가 멀티캐스트를 지원하는지 확인하십시오.'),
	ENODEV: en('Name an interface that this machine has: ip addr lists them.')
		.ko('이 컴퓨터에 있는 인터페이스를 적으십시오. ip addr로 볼 수 있습니다.'),
	EADDRINUSE: en('This socket is in the group already.').ko('이 소켓은 이미 그 그룹에 있습니다.'),
	EADDRNOTAVAIL: en('This socket is not in the group, or no interface has the address.')
		.ko('이 소켓이 그 그룹에 없거나, 그 주소를 가진 인터페이스가 없습니다.'),
	ENOBUFS: en('The limit of groups for a socket is reached (net.ipv4.igmp_max_memberships).')
		.ko('소켓 하나가 가입할 수 있는 그룹 수의 한도입니다(net.ipv4.igmp_max_memberships).'),
	EAFNOSUPPORT: en('The socket is of the other version of IP.').ko('소켓의 IP 버전이 다릅니다.'),
	ENOPROTOOPT: en('The socket is of the other version of IP.').ko('소켓의 IP 버전이 다릅니다.'),
};

/** Why a source address was not bound, by the error's name. */
const sourceProblems: Readonly<Partial<Record<string, Both<string>>>> = {
	EADDRINUSE: en('another socket is bound to it').ko('다른 소켓이 바인딩되어 있습니다'),
	EADDRNOTAVAIL: en('it is not an address of this machine').ko('이 컴퓨터의 주소가 아닙니다'),
};

/** What is said of an option that was set; `granted` is what the kernel has made of it. */
export function optionSet(option: SocketOption, granted = 0): Both<string> {
	const written = formatOption(option);
	switch (option.name) {
		case 'broadcast': {
			return option.value === 1
				? en('SO_BROADCAST is on: this socket may send to broadcast addresses')
					.ko('SO_BROADCAST 켬: 이 소켓은 브로드캐스트 주소로 보낼 수 있습니다')
				: en('SO_BROADCAST is off: no broadcast from this socket')
					.ko('SO_BROADCAST 끔: 이 소켓은 브로드캐스트를 보내지 않습니다');
		}

		case 'multicast-ttl': {
			const reach = [
				en(': multicast stays on this machine').ko(': 멀티캐스트가 이 컴퓨터 안에 머뭅니다'),
				en(': multicast stays in this network').ko(': 멀티캐스트가 이 네트워크 안에 머뭅니다'),
			][option.value ?? 2];
			return en(`multicast TTL is ${written}${reach?.en ?? ''}`).ko(`멀티캐스트 TTL ${written}${reach?.ko ?? ''}`);
		}

		case 'loopback': {
			return option.value === 1
				? en('multicast loopback is on: sockets of this machine get what this one sends, too')
					.ko('멀티캐스트 루프백 켬: 이 소켓이 보내는 것을 이 컴퓨터의 소켓도 받습니다')
				: en('multicast loopback is off: no socket of this machine gets what this one sends')
					.ko('멀티캐스트 루프백 끔: 이 소켓이 보내는 것을 이 컴퓨터의 소켓은 받지 않습니다');
		}

		case 'rcvbuf':
		case 'sndbuf': {
			const [name, asked, made] = [names[option.name].en, formatBytes(option.value ?? 0), formatBytes(granted)];
			return en(`${name}: asked for ${asked}, the kernel has made it ${made}`)
				.ko(`${name}: ${asked} 요청, 커널이 정한 크기 ${made}`);
		}

		case 'nodelay': {
			return option.value === 1
				? en('TCP_NODELAY is on: small segments are sent at once').ko('TCP_NODELAY 켬: 작은 세그먼트를 바로 보냅니다')
				: en('TCP_NODELAY is off: small segments wait for an ACK (Nagle\'s algorithm)')
					.ko('TCP_NODELAY 끔: 작은 세그먼트는 ACK를 기다립니다(Nagle 알고리즘)');
		}

		case 'keepalive': {
			const seconds = formatCount(option.value ?? 0);
			return option.value
				? en(`keep-alive: after ${seconds} s without data the peer is asked every second, 10 times at most`)
					.ko(`keep-alive: ${seconds}초 동안 데이터가 없으면 1초마다 최대 10번 상대를 확인합니다`)
				: en('keep-alive is off').ko('keep-alive 끔');
		}

		case 'join': {
			return en(`joined the group ${written}`).ko(`그룹 ${written} 가입`);
		}

		case 'leave': {
			return en(`left the group ${written}`).ko(`그룹 ${written} 탈퇴`);
		}

		case 'interface': {
			return en(`multicast is sent from ${written}`).ko(`멀티캐스트를 보낼 인터페이스: ${written}`);
		}

		default: {
			const name = names[option.name];
			return en(`${name.en} is ${written}`).ko(`${name.ko}: ${koreanValue(written)}`);
		}
	}
}

function koreanValue(written: string): string {
	return {on: '켬', off: '끔'}[written] ?? written;
}

export function optionFailed(option: SocketOption, failure: SocketFailure | undefined): Both<string> {
	const {code = '', message = ''} = failure ?? {};
	const written = formatOption(option);
	const name = names[option.name];
	const why = message === '' || message.includes(code) ? '' : `: ${visibleLine(message)}`;
	const todo = advice[code] ?? en('The socket is as it was.').ko('소켓은 그대로입니다.');
	return en(`${name.en} ${written} failed (${code})${why}. ${todo.en}`)
		.ko(`${name.ko} ${koreanValue(written)} 실패 (${code})${why}. ${todo.ko}`);
}

export function optionChosen(option: SocketOption): Both<string> {
	const written = formatOption(option);
	const name = names[option.name];
	return en(`for the next socket: ${name.en} ${written}`).ko(`다음 소켓부터: ${name.ko} ${koreanValue(written)}`);
}

export function sourceFailed({code, message}: SocketFailure, source: Address): Both<string> {
	const address = formatAddress(source);
	const why = sourceProblems[code];
	return en(`the source ${address} was not bound (${code}): ${why?.en ?? visibleLine(message)}. Esc j chooses another.`)
		.ko(`출발지 ${address} 바인딩 실패 (${code}): ${why?.ko ?? visibleLine(message)}. Esc j로 바꾸십시오.`);
}
