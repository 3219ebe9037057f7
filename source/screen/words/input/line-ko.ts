import {formatBytes, formatCount} from '../values/numbers.ts';
import type {lineEn} from './line-en.ts';

/** What the message line and the prompt for an address say, in Korean. */
export const lineKo: typeof lineEn = {
	line: {
		commands: {
			badge: '명령', are: '글자를 누르십시오', leave: 'Enter 또는 i: 입력',
		},
		pasted: (lines, bytes, isBinary) =>
			`[붙여 넣음 ${formatCount(lines)}줄 · ${formatBytes(bytes)}${isBinary ? ' · UTF-8 아님' : ''}]`,
		pastedBytes: 'UTF-8이 아닌 바이트를 붙여 넣음: 그대로 보냅니다',
		pastedReplaced: count =>
			`U+FFFD ${formatCount(count)}개를 붙여 넣음(원래 문자이거나 UTF-8이 아닌 바이트): 각각 EF BF BD를 보냅니다`,
		pastedPairs: '터미널이 줄 끝마다 CR CR을 보냄: 둘을 하나로 봅니다',
		escapes: count => `이스케이프 ${formatCount(count)}개`,
		hex: {
			wrong: {
				'odd-digit': '홀수 자리', 'not-hex': '16진수 아님', 'large-value': '한 바이트 초과', 'wrong-offset': '오프셋 불일치',
			},
			notSent(problem, at, column, line) {
				const where = `${line > 1 ? `${line}번째 줄 ` : ''}${column}번째 글자 '${at}'`;
				const why = {
					'odd-digit': '짝이 없습니다. 16진수는 두 자리가 한 바이트입니다',
					'not-hex': '16진수 숫자가 아닙니다',
					'large-value': '한 바이트보다 큽니다. 보낼 순서대로 0xDE 0xAD처럼 쓰십시오',
					'wrong-offset': '앞 줄과 이어지지 않는 오프셋입니다. 덤프 하나를 처음부터 붙여 넣거나 오프셋을 빼십시오',
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
			isCp949: 'UTF-8이 아니지만 올바른 CP949(EUC-KR) 바이트입니다 · Esc j: 인코딩 변경',
		},
		ending: {
			none: '', lf: '+LF', crlf: '+CRLF', cr: '+CR', nul: '+NUL',
		},
		endingNotice: {
			none: '메시지 끝에 아무것도 붙이지 않습니다. 붙여 넣은 줄은 그대로 보냅니다',
			lf: String.raw`메시지와 붙여 넣은 줄의 끝에 LF(\n)를 붙입니다`,
			crlf: String.raw`메시지와 붙여 넣은 줄의 끝에 CR LF(\r\n)를 붙입니다`,
			cr: String.raw`메시지와 붙여 넣은 줄의 끝에 CR(\r)만 붙입니다`,
			nul: String.raw`메시지와 붙여 넣은 줄의 끝에 NUL(\0)을 붙입니다`,
		},
	},
	prompt: {
		server: address => `서버 주소 ${address} → 새 주소:`,
		client: (number, address) => `클라이언트 ${number}의 목적지 ${address} → 새 주소:`,
		hint: 'host:port · Esc: 취소',
		wrong: '✗ host:port 또는 [v6]:port 꼴이 아님',
	},
};
