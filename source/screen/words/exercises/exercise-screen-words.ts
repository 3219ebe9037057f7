import {en} from '../both.ts';

/** The exercises in the screen: their list, the prompt, and the panel of the one that is carried out. */
export const exerciseScreenWords = {
	section: en('Exercises: your own program is checked').ko('실습: 직접 만든 프로그램을 검사합니다'),
	badge: en('EXERCISE').ko('실습'),
	held: en('all checks hold').ko('모두 통과'),
	loading: en('reading the exercises …').ko('실습 목록을 읽는 중 …'),
	starting: en('starting the program …').ko('시작하는 중 …'),
	running: en((done: number, count: number) => `${done} of ${count} checks made`)
		.ko((done, count) => `검사 ${count}개 중 ${done}개 완료`),
	prompt: en('Your program:').ko('검사할 프로그램:'),
	ways: {
		server: en([
			'Type how your server is started: python3 my_server.py {port}. The check starts it, and ends it.',
			'It learns its port where {port} stands, or from PORT in its environment; else it has port 12000.',
			'Or the address of a server that runs already: host:port.',
		]).ko([
			'서버를 실행하는 명령을 입력합니다: python3 my_server.py {port}. 검사가 서버를 시작하고 종료합니다.',
			'서버는 {port} 자리나 환경 변수 PORT에서 포트를 알아냅니다. 둘 다 쓰지 않으면 포트 12000을 씁니다.',
			'이미 실행 중인 서버라면 주소를 host:port로 입력합니다.',
		]),
		client: en([
			'Type how your client is started: python3 my_client.py {host} {port}. The check starts it, and ends it.',
			'It learns the server where {host} and {port} stand, or from HOST and PORT in its environment; else it takes '
			+ '127.0.0.1, port 12000.',
			'Or the address, host:port, to which a client that you start yourself connects or sends; leave it empty, and the '
			+ 'OS chooses a port, which is then shown.',
		]).ko([
			'클라이언트를 실행하는 명령을 입력합니다: python3 my_client.py {host} {port}. 검사가 클라이언트를 시작하고 종료합니다.',
			'클라이언트는 {host}와 {port} 자리나 환경 변수 HOST와 PORT에서 서버 주소를 알아냅니다. 쓰지 않으면 127.0.0.1, 포트 12000입니다.',
			'직접 실행할 클라이언트를 기다리려면 그 주소를 host:port로 입력합니다. 비워 두면 운영체제가 고른 포트를 알려 줍니다.',
		]),
	},
	promptHint: en('Enter starts · ↑ earlier · Esc cancels').ko('Enter: 시작 · ↑: 이전 입력 · Esc: 취소'),
	noServer: en('type a command line, or the address of a server that runs already').ko('명령이나 실행 중인 서버의 주소를 입력하십시오'),
	unclosed: en('a quotation mark is not closed').ko('따옴표가 닫히지 않았습니다'),
	wrongPort: en('a server that runs already has a port from 1 to 65535').ko('실행 중인 서버의 포트는 1에서 65535까지입니다'),
	keys: {
		again: en('check again').ko('다시 검사'),
		freePort: en('stop that server, and check').ko('그 서버를 멈추고 검사'),
		other: en('other program').ko('다른 프로그램'),
		save: en('save the report').ko('보고서 저장'),
		panes: en('next pane').ko('다음 패널'),
		scroll: en('scroll').ko('스크롤'),
		leave: en('end and leave').ko('종료하고 나가기'),
		menu: en('exercise').ko('실습'),
	},
	ownPort: en('The playground\'s own server has this port: o stops it, and the checks begin again.')
		.ko('이 포트는 플레이그라운드의 서버가 쓰고 있습니다: o를 누르면 그 서버를 멈추고 다시 검사합니다.'),
	notNow: en('not while the checks are made: it would change what they see').ko('검사 중에는 할 수 없습니다: 검사 결과가 달라집니다'),
	noReport: en('there is nothing to report yet').ko('아직 보고할 내용이 없습니다'),
};
