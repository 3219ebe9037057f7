import {formatBytes, formatCount} from '../values/numbers.ts';

/** What the message line and the prompt for an address say, in English. */
export const lineEn = {
	line: {
		/** What stands in the place of the line while letters are commands. */
		commands: {
			badge: 'COMMANDS', are: 'press a letter', leave: 'Enter or i: type',
		},
		pasted: (lines: number, bytes: number, isBinary: boolean) =>
			`[pasted ${formatCount(lines)} line${lines === 1 ? '' : 's'} · ${formatBytes(bytes)}${isBinary ? ' · not UTF-8' : ''}]`,
		pastedBytes: 'pasted bytes that are not UTF-8: they are sent as they are',
		pastedReplaced: (count: number) =>
			`${formatCount(count)} U+FFFD pasted, as such or in place of bytes that were not UTF-8: EF BF BD is sent for each`,
		pastedPairs: 'the terminal sent CR CR for each line end: two are taken for one',
		escapes: (count: number) => `${formatCount(count)} escape${count === 1 ? '' : 's'}`,
		hex: {
			wrong: {
				'odd-digit': 'odd digit', 'not-hex': 'not hex', 'large-value': 'over one byte', 'wrong-offset': 'wrong offset',
			},
			notSent(problem: 'odd-digit' | 'not-hex' | 'large-value' | 'wrong-offset', at: string, column: number, line: number) {
				const where = `'${at}' at character ${column}${line > 1 ? ` of line ${line}` : ''}`;
				const why = {
					'odd-digit': 'is half a byte: digits come in pairs',
					'not-hex': 'is not a hexadecimal digit',
					'large-value': 'is more than one byte: write 0xDE 0xAD, in the order of sending',
					'wrong-offset': 'is an offset that the lines before do not lead to: paste one dump, whole, or no offsets',
				};
				return `not sent: ${where} ${why[problem]}`;
			},
			notice: {
				hex: 'the line takes bytes in hexadecimal: DE AD, de:ad, 0xDE, a pasted dump; no ending is added',
				text: 'the line takes text',
			},
		},
		encoding: {
			wrong: (encoding: string) => `not in ${encoding}`,
			wrongCharacter: (at: string, encoding: string) => `${encoding} has no '${at}'`,
			notSent: (at: string, encoding: string, column: number, line: number) =>
				`not sent: ${encoding} has no '${at}', which is character ${column}${line > 1 ? ` of line ${line}` : ''}`,
			isCp949: 'these bytes are no UTF-8, but valid CP949 (EUC-KR): Esc j sets the encoding',
		},
		ending: {
			none: '', lf: '+LF', crlf: '+CRLF', cr: '+CR', nul: '+NUL',
		},
		endingNotice: {
			none: 'messages have no ending; pasted lines end as they were pasted',
			lf: String.raw`messages and pasted lines end with a line feed (\n)`,
			crlf: String.raw`messages and pasted lines end with CR LF (\r\n)`,
			cr: String.raw`messages and pasted lines end with CR alone (\r)`,
			nul: String.raw`messages and pasted lines end with NUL (\0)`,
		},
	},
	prompt: {
		server: (address: string) => `the server binds ${address}; new address:`,
		client: (number: number, address: string) => `client ${number} sends to ${address}; new address:`,
		hint: 'host:port · Esc cancels',
		wrong: '✗ not host:port or [v6]:port',
	},
};
