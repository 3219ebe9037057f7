import type {commandFaultsEn} from '../../../text/files/command-faults-en.ts';
import type {FaultSentences} from '../../../text/files/file-problem.ts';
import {formatCount, formatExactBytes} from '../../../text/numbers.ts';
import {withParticle} from '../particle.ts';
import {fileProblem} from './files-words.ts';

/** What is wrong with hexadecimal digits, of what stands there. */
const hexProblems = {
	'odd-digit': '짝이 없습니다',
	'not-hex': '16진수 숫자가 아닙니다',
	'large-value': '한 바이트보다 커서 바이트 순서를 알 수 없습니다',
	'wrong-offset': '앞의 바이트 수와 맞지 않는 오프셋입니다',
};

/** What can be wrong with a command line, in Korean; flags and commands stay as they are typed. */
export const commandFaultsKo: Pick<FaultSentences, keyof typeof commandFaultsEn> = {
	unknownFlag: (typed, flags, isBesideProgram, near) => `없는 옵션 ${typed}; 쓸 수 있는 것: ${flags}`
		+ `${isBesideProgram ? '; 검사할 프로그램의 옵션은 -- 뒤에 씁니다' : ''}${perhaps(near)}`,
	noValue: (flag, value) => `${flag}: 값을 받지 않는 옵션입니다: '${value}'`,
	argument: text => `알 수 없는 인수 '${text}'; 옵션은 --로 시작합니다. --help로 볼 수 있습니다`,
	meant: command => `혹시: ${command}`,
	noTerminal: () => '이 프로그램은 터미널에 화면을 그립니다. 표준 입력이나 표준 출력이 터미널이 아닙니다',
	otherCharset: charset => `이 프로그램은 UTF-8로 출력합니다. 로캘의 문자 집합은 ${charset}입니다; `
		+ '터미널이 UTF-8을 표시할 수 있으면 LC_ALL을 설정하십시오. 예: LC_ALL=C.UTF-8',
	noScreen: term => `이 프로그램은 터미널 전체에 화면을 그립니다. TERM이 ${term === '' ? '설정되어 있지 않습니다' : `'${term}'입니다`}; `
		+ '그래도 화면을 그릴 수 있는 터미널이면 TERM을 설정하십시오. 예: TERM=xterm-256color',
	printsNoAddress: () => '--print-address는 서버가 바인딩한 주소를 출력하는데 --connect로는 서버를 열지 않습니다: 하나만 쓰십시오',
	noSuchFile: (flag, file) => `${flag}: '${file}' 파일이 없습니다`,
	noRegularFile: (flag, file) => `${flag}: '${file}': 일반 파일이 아닙니다`,
	unreadable: (file, code) => `${file}: ${fileProblem.ko(code)}`,
	otherFamily: (flag, value, family, host, own) =>
		`${flag} ${value}: IPv${family}입니다. ${host}: IPv${own}입니다. 소켓 하나에는 한 가지 IP 버전만 쓸 수 있습니다`,
	twoLessons: second => `learn에는 학습이나 파일을 하나만 씁니다. '${second}'도 있습니다`,
	noLessonFile: () => '--check에는 학습 파일이 필요합니다: socket-playground learn FILE.yaml --check',
	noLesson: (name, near, ids) => `없는 학습 '${name}'${near === '' ? '' : perhaps(`socket-playground learn ${near}`)}`
		+ `; 쓸 수 있는 것: ${ids.join(', ')}, 또는 lesson.yaml 같은 직접 만든 파일`,
	whichProgram: usage => `검사할 프로그램이 없습니다. 예: ${usage}`,
	whichExercise: names => `어느 실습인지 쓰십시오: ${names.join(', ')}`,
	noExercise: (typed, near, names) => `없는 실습 '${typed}'${near === '' ? `; 쓸 수 있는 것: ${names.join(', ')}` : perhaps(near)}`,
	notBehind: (word, meant) => `알 수 없는 인수 '${word}'${perhaps(meant)}`,
	twoFormats: () => '--tap과 --json은 서로 다른 형식입니다: 하나만 쓰십시오',
	threeWays: () => '-- 뒤의 프로그램, --server, --listen은 서로 다른 방법입니다: 하나만 쓰십시오',
	checksClient: exercise => `${exercise}: 클라이언트를 검사하는 실습입니다. --listen으로 클라이언트를 기다립니다`,
	checksServer: exercise => `${exercise}: 서버를 검사하는 실습입니다. --server에 서버의 주소를 씁니다`,
	noProgram: () => '프로그램은 -- 뒤에 씁니다. 예: -- python3 my_program.py',
	serveWords: meant => `serve에는 udp 또는 tcp와 옵션만 씁니다${perhaps(meant)}`,
	relayWords: () => 'relay에는 udp 또는 tcp, 수신할 주소, 대상 주소를 차례로 씁니다. 예: relay tcp :8080 127.0.0.1:80',
	relaysToItself: target => `대상 ${withParticle(target, ['은', '는'])} 릴레이 자신의 주소입니다: 자기 자신에게 끝없이 전달하게 됩니다`,
	forScreen: lineFlags => '--clients, --theme, --no-mouse는 화면에서만 씁니다. 지금은 줄 단위로 출력합니다: '
		+ `표준 입력이나 표준 출력이 터미널이 아니거나, ${lineFlags.join(', ')} 가운데 하나가 있습니다`,
	sendWords: meant => `send에는 udp 또는 tcp, HOST:PORT, 보낼 메시지를 차례로 씁니다${perhaps(meant)}`,
	fileAndMessage: () => '--file과 메시지가 함께 있습니다: 하나만 쓰십시오',
	namesNoMessage: () => '--messages에는 메시지의 이름이 필요합니다: 파일에 있는 이름을 @NAME으로 쓰십시오',
	repeatsStream: () => '--count는 메시지를 반복합니다. 스트림은 한 번만 보냅니다: 메시지를 쓰십시오',
	hexAndMessages: () => '--hex와 --messages가 함께 있습니다: 저장된 메시지가 16진수인지는 파일에 있습니다',
	hexAlone: () => '--hex에는 메시지가 필요합니다. 예: DE AD BE EF',
	unwritableAt: (encoding, character, index, flag, text) =>
		`${encoding}에 없는 문자 '${character}': ${flag === '' ? '메시지' : flag} '${text}'의 ${formatCount(index)}번째 글자`,
	hexDigits: (flag, problem, at, index, text) =>
		`${flag}에는 두 자리씩 쓴 16진수를 씁니다: '${text}'의 ${formatCount(index)}번째 글자 '${at}': ${hexProblems[problem]}`,
	largeDatagram: (peer, most, size) => `${peer}에 보내는 데이터그램은 ${formatExactBytes(most)}까지입니다${overflow(size)}`,
	largeMessage: (framing, most, size) => `--framing ${framing}의 메시지는 ${formatExactBytes(most)}까지입니다${overflow(size)}`,
	noSavedMessage: (name, near, names) => `없는 메시지 '${name}'${near === '' ? '' : perhaps(`@${near}`)}`
		+ `; 쓸 수 있는 것: ${names.map(known => `@${known}`).join(', ')}`,
	standardInput: (_, code) => `표준 입력: ${fileProblem.ko(code)}`,
};

/** What was probably meant, where that can be told. */
function perhaps(meant: string): string {
	return meant === '' ? '' : `; 혹시: ${meant}`;
}

/** How large what was to be sent is; undefined where it was not read to its end. */
function overflow(size: number | undefined): string {
	return size === undefined ? '. 보낼 데이터는 그보다 큽니다' : `. 보낼 데이터는 ${formatExactBytes(size)}입니다`;
}
