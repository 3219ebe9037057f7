/* What can be wrong with a command line, in English: a sentence for each fault, with its values. */

/** By name. `meant` and `near` are what was probably meant, empty where that cannot be told. */
export const commandFaultsEn = {
	unknownFlag: (typed: string, flags: string, isBesideProgram: boolean, near: string) =>
		`unknown option ${typed}; allowed are ${flags}`
		+ (isBesideProgram ? '; options of your program come behind --' : '')
		+ (near === '' ? '' : `; perhaps: ${near}`),
	noValue: (flag: string, value: string) => `${flag} takes no value, but has '${value}'`,
	argument: (text: string) => `unexpected argument '${text}'; options begin with --, and --help lists them`,
	/** Said behind another fault: the command line that was probably meant. */
	meant: (command: string) => `perhaps: ${command}`,
	noTerminal: () => 'the playground is drawn on a terminal, and standard input or output is not one',
	otherCharset: (charset: string) => `the playground writes UTF-8, and the locale's character set is ${charset}; `
		+ 'where the terminal shows UTF-8 all the same, set LC_ALL, such as LC_ALL=C.UTF-8',
	noScreen: (term: string) =>
		`the playground draws a whole screen, and TERM is ${term === '' ? 'not set' : `'${term}'`}; `
		+ 'where the terminal can do that all the same, set TERM, such as TERM=xterm-256color',
	printsNoAddress: () =>
		'--print-address tells what the server has bound, and --connect opens none: give one of them',
	noSuchFile: (flag: string, file: string) => `${flag}: there is no file '${file}'`,
	noRegularFile: (flag: string, file: string) => `${flag}: '${file}' is no regular file`,
	unreadable: (file: string, code: string) => `${file} cannot be read: ${code}`,
	otherFamily: (flag: string, value: string, family: number, host: string, own: number) =>
		`${flag} ${value} is of IPv${family}, and ${host} of IPv${own}: a socket has one of them`,
	// Learn
	twoLessons: (second: string) => `learn takes one lesson, or one file, and there is '${second}' as well`,
	noLessonFile: () => '--check needs a lesson file: socket-playground learn FILE.yaml --check',
	noLesson: (name: string, near: string, ids: readonly string[]) => `there is no lesson '${name}'`
		+ `${near === '' ? '' : `; perhaps: socket-playground learn ${near}`}`
		+ `; there are ${ids.join(', ')}, and files of your own such as lesson.yaml`,
	// Check
	whichProgram: (usage: string) => `which program? ${usage}`,
	whichExercise: (names: readonly string[]) => `which exercise? ${names.join(', ')}`,
	noExercise: (typed: string, near: string, names: readonly string[]) =>
		`there is no exercise '${typed}'; ${near === '' ? `there are ${names.join(', ')}` : `perhaps: ${near}`}`,
	notBehind: (word: string, meant: string) => `unexpected argument '${word}'; perhaps: ${meant}`,
	twoFormats: () => '--tap and --json are two formats: give one of them',
	threeWays: () => 'a program behind --, --server and --listen are three ways: give one of them',
	checksClient: (exercise: string) => `${exercise} checks a client, which --listen waits for`,
	checksServer: (exercise: string) => `${exercise} checks a server, whose address --server takes`,
	noProgram: () => 'the program comes behind --, such as: -- python3 my_program.py',
	// Serve and relay
	serveWords: (meant: string) =>
		`serve takes udp or tcp, and options, and no other words${meant === '' ? '' : `; perhaps: ${meant}`}`,
	relayWords: () => 'relay takes udp or tcp, an address to listen at and the address of its target, '
		+ 'such as: relay tcp :8080 127.0.0.1:80',
	relaysToItself: (target: string) =>
		`the target ${target} is the relay's own address: it would pass on to itself for ever`,
	forScreen: (lineFlags: readonly string[]) =>
		'--clients, --theme and --no-mouse are for the screen, and here are lines: '
		+ `standard input or output is no terminal, or one of ${lineFlags.join(', ')} is given`,
	// Send
	sendWords: (meant: string) =>
		`send takes udp or tcp, HOST:PORT, and what is to be sent${meant === '' ? '' : `; perhaps: ${meant}`}`,
	fileAndMessage: () => '--file and a message are both given: give one of them',
	namesNoMessage: () => '--messages needs the name of a message: give @NAME, one of the file\'s',
	repeatsStream: () => '--count repeats messages, and a stream is sent once: give a message',
	hexAndMessages: () => '--hex and --messages are both given: a saved message says itself that it is hex',
	hexAlone: () => '--hex needs a message, such as DE AD BE EF',
	/** The character is the `index`th, from 1, of a text; `flag` is empty where that is a message. */
	unwritableAt: (encoding: string, character: string, index: number, flag: string, text: string) =>
		`${encoding} cannot write '${character}', which is character ${index} of `
		+ `${flag === '' ? 'the message' : flag} '${text}'`,
	hexDigits: (flag: string, problem: keyof typeof hexProblems, at: string, index: number, text: string) =>
		`${flag} takes hexadecimal digits in pairs: '${at}' at character ${index} of '${text}' ${hexProblems[problem]}`,
	largeDatagram: (peer: string, most: number, size: number | undefined) =>
		`a datagram to ${peer} has at most ${most} bytes, and ${overflow(size)}`,
	largeMessage: (framing: string, most: number, size: number | undefined) =>
		`a message with --framing ${framing} has at most ${most} bytes, and ${overflow(size)}`,
	noSavedMessage: (name: string, near: string, names: readonly string[]) =>
		`there is no saved message '${name}'${near === '' ? '' : `; perhaps: @${near}`}; `
		+ `there are ${names.map(known => `@${known}`).join(', ')}`,
	standardInput: (message: string, _code: string) => `standard input: ${message}`,
} as const satisfies Readonly<Record<string, (...values: never[]) => string>>;

/** What is wrong with hexadecimal digits, of what stands there. */
const hexProblems = {
	'odd-digit': 'has no partner',
	'not-hex': 'is not a hexadecimal digit',
	'large-value': 'is more than one byte: their order is not known',
	'wrong-offset': 'is an offset that the bytes before it do not lead to',
};

/** How large what was to be sent is; undefined where it was not read to its end. */
function overflow(size: number | undefined): string {
	return size === undefined ? 'this is more' : `this one has ${size}`;
}
