import type {exerciseScreenEn} from './exercise-screen-en.ts';

/** The exercises in the screen, in Korean: their list, the prompt, and the panel of the one that is carried out. */
export const exerciseScreenKo: typeof exerciseScreenEn = {
	section: '실습: 직접 만든 프로그램을 검사합니다',
	badge: '실습',
	held: '모두 통과',
	loading: '실습 목록을 읽는 중 …',
	starting: '시작하는 중 …',
	running: (done, count) => `검사 ${count}개 중 ${done}개 완료`,
	prompt: '검사할 프로그램:',
	ways: {
		server: [
			'서버를 실행하는 명령을 입력합니다: python3 my_server.py {port}. 검사가 서버를 시작하고 종료합니다.',
			'서버는 {port} 자리나 환경 변수 PORT에서 포트를 알아냅니다. 둘 다 쓰지 않으면 포트 12000을 씁니다.',
			'이미 실행 중인 서버라면 주소를 host:port로 입력합니다.',
		],
		client: [
			'클라이언트를 실행하는 명령을 입력합니다: python3 my_client.py {host} {port}. 검사가 클라이언트를 시작하고 종료합니다.',
			'클라이언트는 {host}와 {port} 자리나 환경 변수 HOST와 PORT에서 서버 주소를 알아냅니다. 쓰지 않으면 127.0.0.1, 포트 12000입니다.',
			'직접 실행할 클라이언트를 기다리려면 그 주소를 host:port로 입력합니다. 비워 두면 운영체제가 고른 포트를 알려 줍니다.',
		],
	},
	promptHint: 'Enter: 시작 · ↑: 이전 입력 · Esc: 취소',
	noServer: '명령이나 실행 중인 서버의 주소를 입력하십시오',
	unclosed: '따옴표가 닫히지 않았습니다',
	wrongPort: '실행 중인 서버의 포트는 1에서 65535까지입니다',
	keys: {
		again: '다시 검사',
		freePort: '그 서버를 멈추고 검사',
		other: '다른 프로그램',
		save: '보고서 저장',
		panes: '다음 패널',
		scroll: '스크롤',
		leave: '종료하고 나가기',
		menu: '실습',
	},
	ownPort: '이 포트는 플레이그라운드의 서버가 쓰고 있습니다: o를 누르면 그 서버를 멈추고 다시 검사합니다.',
	notNow: '검사 중에는 할 수 없습니다: 검사 결과가 달라집니다',
	noReport: '아직 보고할 내용이 없습니다',
};
