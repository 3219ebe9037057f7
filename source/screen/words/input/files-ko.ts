import {formatBytes, formatExactBytes} from '../values/numbers.ts';
import type {filesEn} from './files-en.ts';

/** What is wrong with a file, by the error's name (errno(3)). */
export function fileProblem(code: string): string {
	const problems: Readonly<Partial<Record<string, string>>> = {
		ENOENT: '파일이나 폴더가 없습니다',
		EACCES: '열 수 없습니다. 권한이 없습니다',
		EPERM: '열 수 없습니다. 권한이 없습니다',
		EISDIR: '디렉터리이므로 보낼 바이트가 없습니다',
		EEXIST: '이미 있습니다. 있는 파일에는 쓰지 않습니다',
		ENOTDIR: '경로의 일부가 디렉터리가 아닙니다',
		EROFS: '읽기 전용 파일 시스템입니다',
		ENOSPC: '디스크가 가득 찼습니다',
		ENOBUFS: '디스크에 쓰는 것보다 데이터그램이 빨리 옵니다',
	};
	const problem = problems[code];
	return problem === undefined ? code : `${problem} (${code})`;
}

/** What is said of files that are sent and received, in Korean. */
export const filesKo: typeof filesEn = {
	ended({path, isSent, moved, reason, problem, peer, size}) {
		const what = isSent
			? `${path}: ${peer === '' ? '' : `${peer}에 `}${formatBytes(moved)} 보냄`
			: `${peer === '' ? '' : `${peer}에서 온 `}${formatBytes(moved)} → ${path}에 씀`;
		const why = {
			done: isSent
				? (size === undefined ? '' : ` · 파일이 바뀜: 열었을 때는 ${formatExactBytes(size)}였습니다`)
				: ' · 상대가 전송을 마침',
			stopped: ' · 중지함',
			closed: ' · 소켓이 닫힘',
			failed: ` · ${fileProblem(problem)}`,
		};
		return what + why[reason];
	},
	prompt: {
		sender: number => number === undefined ? '서버가 보낼 파일:' : `클라이언트 ${number}에서 보낼 파일:`,
		hint: 'Tab: 자동 완성 · > 파일: 상대가 보내는 것을 그 파일에 씀 · Esc: 취소',
		receiving: 'Enter: 파일에 그만 쓰기 · Esc: 취소',
		empty: '✗ 경로 없음',
	},
	sending(path, bytes, size) {
		const share = size === undefined || size === 0 ? '' : ` · ${Math.floor(bytes / size * 100)} %`;
		return `▶ ${path}${share} · ${formatBytes(bytes)}${size === undefined ? '' : ` / ${formatBytes(size)}`}`;
	},
	receiving: (path, bytes) => `◀ ${formatBytes(bytes)} > ${path}`,
	stop: 'Esc u: 중지',
	end: 'Esc u Enter: 끝내기',
};
