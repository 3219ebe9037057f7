import type {TcpMistake} from '../../engine/api/tcp-mistake.ts';
import type {CheckWords, MistakeWords} from './exercise-words.ts';

/** What the checks of byte streams demand. */
export const tcpChecksKo: CheckWords = {};

/** Mistakes with connections and byte streams. */
export const tcpMistakesKo: MistakeWords<TcpMistake> = {};
