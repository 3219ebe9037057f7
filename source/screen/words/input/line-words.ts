import {formatBytes, formatCount} from '../../../text/numbers.ts';
import {both, en} from '../both.ts';

/** What is wrong with hexadecimal digits, behind where they stand. */
const digitProblems = {
	'odd-digit': en('is half a byte: digits come in pairs').ko('짝이 없습니다. 16진수는 두 자리가 한 바이트입니다'),
	'not-hex': en('is not a hexadecimal digit').ko('16진수 숫자가 아닙니다'),
	'large-value': en('is more than one byte: write 0xDE 0xAD, in the order of sending')
		.ko('한 바이트보다 큽니다. 보낼 순서대로 0xDE 0xAD처럼 쓰십시오'),
	'wrong-offset': en('is an offset that the lines before do not lead to: paste one dump, whole, or no offsets')
		.ko('앞 줄과 이어지지 않는 오프셋입니다. 덤프 하나를 처음부터 붙여 넣거나 오프셋을 빼십시오'),
};

/** What the message line and the prompt for an address say. */
export const lineWords = {
	line: {
		/** What stands in the place of the line while letters are commands. */
		commands: {
			badge: en('COMMANDS').ko('명령'),
			are: en('press a letter').ko('글자를 누르십시오'),
			leave: en('Enter or i: type').ko('Enter 또는 i: 입력'),
		},
		pasted: en((lines: number, bytes: number, isBinary: boolean) =>
			`[pasted ${formatCount(lines)} line${lines === 1 ? '' : 's'} · ${formatBytes(bytes)}${isBinary ? ' · not UTF-8' : ''}]`)
			.ko((lines, bytes, isBinary) =>
				`[붙여 넣음 ${formatCount(lines)}줄 · ${formatBytes(bytes)}${isBinary ? ' · UTF-8 아님' : ''}]`),
		pastedBytes: en('pasted bytes that are not UTF-8: they are sent as they are')
			.ko('UTF-8이 아닌 바이트를 붙여 넣음: 그대로 보냅니다'),
		pastedReplaced: en((count: number) =>
			`${formatCount(count)} U+FFFD pasted, as such or in place of bytes that were not UTF-8: EF BF BD is sent for each`)
			.ko(count =>
				`U+FFFD ${formatCount(count)}개를 붙여 넣음(원래 문자이거나 UTF-8이 아닌 바이트): 각각 EF BF BD를 보냅니다`),
		pastedPairs: en('the terminal sent CR CR for each line end: two are taken for one')
			.ko('터미널이 줄 끝마다 CR CR을 보냄: 둘을 하나로 봅니다'),
		escapes: en((count: number) => `${formatCount(count)} escape${count === 1 ? '' : 's'}`)
			.ko(count => `이스케이프 ${formatCount(count)}개`),
		hex: {
			wrong: {
				'odd-digit': en('odd digit').ko('홀수 자리'),
				'not-hex': en('not hex').ko('16진수 아님'),
				'large-value': en('over one byte').ko('한 바이트 초과'),
				'wrong-offset': en('wrong offset').ko('오프셋 불일치'),
			},
			notSent: both((problem: keyof typeof digitProblems, at: string, column: number, line: number) => {
				const why = digitProblems[problem];
				return en(`not sent: '${at}' at character ${column}${line > 1 ? ` of line ${line}` : ''} ${why.en}`)
					.ko(`보내지 않음: ${line > 1 ? `${line}번째 줄 ` : ''}${column}번째 글자 '${at}': ${why.ko}`);
			}),
			notice: {
				hex: en('the line takes bytes in hexadecimal: DE AD, de:ad, 0xDE, a pasted dump; no ending is added')
					.ko('입력은 16진수 바이트: DE AD, de:ad, 0xDE, 붙여 넣은 덤프. 줄 끝은 붙지 않습니다'),
				text: en('the line takes text').ko('입력은 텍스트'),
			},
		},
		encoding: {
			wrong: en((encoding: string) => `not in ${encoding}`).ko(encoding => `${encoding}에 없는 문자`),
			wrongCharacter: en((at: string, encoding: string) => `${encoding} has no '${at}'`)
				.ko((at, encoding) => `${encoding}에 없는 문자 '${at}'`),
			notSent: en((at: string, encoding: string, column: number, line: number) =>
				`not sent: ${encoding} has no '${at}', which is character ${column}${line > 1 ? ` of line ${line}` : ''}`)
				.ko((at, encoding, column, line) =>
					`보내지 않음: ${line > 1 ? `${line}번째 줄 ` : ''}${column}번째 글자 '${at}': ${encoding}에 없는 문자입니다`),
			isCp949: en('these bytes are no UTF-8, but valid CP949 (EUC-KR): Esc j sets the encoding')
				.ko('UTF-8이 아니지만 올바른 CP949(EUC-KR) 바이트입니다 · Esc j: 인코딩 변경'),
		},
		ending: {
			none: '', lf: '+LF', crlf: '+CRLF', cr: '+CR', nul: '+NUL',
		},
		endingNotice: {
			none: en('messages have no ending; pasted lines end as they were pasted')
				.ko('메시지 끝에 아무것도 붙이지 않습니다. 붙여 넣은 줄은 그대로 보냅니다'),
			lf: en(String.raw`messages and pasted lines end with a line feed (\n)`)
				.ko(String.raw`메시지와 붙여 넣은 줄의 끝에 LF(\n)를 붙입니다`),
			crlf: en(String.raw`messages and pasted lines end with CR LF (\r\n)`)
				.ko(String.raw`메시지와 붙여 넣은 줄의 끝에 CR LF(\r\n)를 붙입니다`),
			cr: en(String.raw`messages and pasted lines end with CR alone (\r)`)
				.ko(String.raw`메시지와 붙여 넣은 줄의 끝에 CR(\r)만 붙입니다`),
			nul: en(String.raw`messages and pasted lines end with NUL (\0)`)
				.ko(String.raw`메시지와 붙여 넣은 줄의 끝에 NUL(\0)을 붙입니다`),
		},
	},
	prompt: {
		server: en((address: string) => `the server binds ${address}; new address:`)
			.ko(address => `서버 주소 ${address} → 새 주소:`),
		client: en((number: number, address: string) => `client ${number} sends to ${address}; new address:`)
			.ko((number, address) => `클라이언트 ${number}의 목적지 ${address} → 새 주소:`),
		hint: en('host:port · Esc cancels').ko('host:port · Esc: 취소'),
		wrong: en('✗ not host:port or [v6]:port').ko('✗ host:port 또는 [v6]:port 꼴이 아님'),
	},
};
