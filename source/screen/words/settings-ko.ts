import type {Words} from './en.ts';

export const settingsKo: Words['settings'] = {
	title: '설정',
	about: '소켓을 닫고 다시 열어도 유지됩니다',
	keys: {
		row: '설정', change: '변경', set: '선택/입력', pane: '다른 패널',
	},
	changing: (name, value) => `${name}: 지금 ${value}, 새 값:`,
	cancels: 'Esc 취소',
	rows: {
		ending: {
			name: '줄 끝',
			about: '입력한 메시지 뒤와 붙여 넣은 줄의 끝에 보내는 것입니다.',
		},
		framing: {
			name: '프레이밍(framing)',
			about: '스트림에서 메시지를 구분하는 방법. 규칙, 입력한 메시지, 연속 전송에 쓰입니다. 패널마다 따로 정합니다.',
		},
	},
	noFraming: allowed => `프레이밍은 ${allowed} 중 하나입니다`,
	endings: {
		none: '없음', lf: String.raw`LF (\n)`, crlf: String.raw`CR LF (\r\n)`, cr: String.raw`CR (\r)`, nul: String.raw`NUL (\0)`,
	},
};
