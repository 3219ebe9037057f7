import type {FileEnd} from '../../../log/reports.ts';
import {formatBytes, formatExactBytes} from '../../../text/numbers.ts';
import {type Both, both, en} from '../both.ts';

const problems: Readonly<Partial<Record<string, Both<string>>>> = {
	ENOENT: en('there is no such file or folder').ko('파일이나 폴더가 없습니다'),
	EACCES: en('may not be opened: permission denied').ko('열 수 없습니다. 권한이 없습니다'),
	EPERM: en('may not be opened: permission denied').ko('열 수 없습니다. 권한이 없습니다'),
	EISDIR: en('is a directory, and has no bytes to send').ko('디렉터리이므로 보낼 바이트가 없습니다'),
	EEXIST: en('exists already: an existing file is never overwritten').ko('이미 있습니다. 있는 파일에는 쓰지 않습니다'),
	ENOTDIR: en('a part of the path is not a directory').ko('경로의 일부가 디렉터리가 아닙니다'),
	EROFS: en('the file system is read-only').ko('읽기 전용 파일 시스템입니다'),
	ENOSPC: en('the disk is full').ko('디스크가 가득 찼습니다'),
	ENOBUFS: en('datagrams come faster than the disk writes').ko('디스크에 쓰는 것보다 데이터그램이 빨리 옵니다'),
};

/** What is wrong with a file, by the error's name (errno(3)). */
export const fileProblem = both((code: string) => {
	const problem = problems[code];
	return problem ? en(`${problem.en} (${code})`).ko(`${problem.ko} (${code})`) : en(code).ko(code);
});

/** What has become of a file, and of how many of its bytes. */
type EndedFile = {
	readonly path: string;
	readonly isSent: boolean;
	readonly moved: number;
	readonly reason: FileEnd['reason'];
	readonly problem: string;
	readonly peer: string;
	/** How many bytes the file had when it was opened, where that is not what was sent. */
	readonly size: number | undefined;
};

/** Why a file has ended, behind what has become of it. */
function reasonOf({isSent, reason, problem, size}: EndedFile): Both<string> {
	const changed = size === undefined
		? en('').ko('')
		: en(` · the file has changed: it had ${formatExactBytes(size)} when it was opened`)
			.ko(` · 파일이 바뀜: 열었을 때는 ${formatExactBytes(size)}였습니다`);
	return {
		done: isSent ? changed : en(' · the peer has finished').ko(' · 상대가 전송을 마침'),
		stopped: en(' · stopped').ko(' · 중지함'),
		closed: en(' · the socket was closed').ko(' · 소켓이 닫힘'),
		failed: en(` · ${fileProblem.en(problem)}`).ko(` · ${fileProblem.ko(problem)}`),
	}[reason];
}

export function fileEnded(file: EndedFile): Both<string> {
	const {path, isSent, moved, peer} = file;
	const bytes = formatBytes(moved);
	const why = reasonOf(file);
	return isSent
		? en(`${path}: ${bytes} sent${peer && ` to ${peer}`}${why.en}`)
			.ko(`${path}: ${peer && `${peer}에 `}${bytes} 보냄${why.ko}`)
		: en(`${bytes}${peer && ` from ${peer}`} written to ${path}${why.en}`)
			.ko(`${peer && `${peer}에서 온 `}${bytes} → ${path}에 씀${why.ko}`);
}

/** What is said of files that are sent and received. */
export const filesWords = {
	prompt: {
		sender: en((number: number | undefined) => number === undefined ? 'the server sends the file:' : `client ${number} sends the file:`)
			.ko(number => number === undefined ? '서버가 보낼 파일:' : `클라이언트 ${number}에서 보낼 파일:`),
		hint: en('Tab completes · > FILE: what the peer sends is written there · Esc cancels')
			.ko('Tab: 자동 완성 · > 파일: 상대가 보내는 것을 그 파일에 씀 · Esc: 취소'),
		receiving: en('Enter: stop writing to the file · Esc cancels').ko('Enter: 파일에 그만 쓰기 · Esc: 취소'),
		empty: en('✗ no path').ko('✗ 경로 없음'),
	},
	sending: both((path: string, bytes: number, size: number | undefined) => {
		const share = size === undefined || size === 0 ? '' : ` · ${Math.floor(bytes / size * 100)} %`;
		const lead = `▶ ${path}${share} · ${formatBytes(bytes)}`;
		return size === undefined
			? en(lead).ko(lead)
			: en(`${lead} of ${formatBytes(size)}`).ko(`${lead} / ${formatBytes(size)}`);
	}),
	receiving: (path: string, bytes: number) => `◀ ${formatBytes(bytes)} > ${path}`,
	stop: en('Esc u stops it').ko('Esc u: 중지'),
	end: en('Esc u Enter ends it').ko('Esc u Enter: 끝내기'),
};
