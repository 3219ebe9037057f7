import {cutVisible} from './cut-visible.ts';

/** A lane's ports in at most so many columns: the newest, which is last, stays the longest, and `…` stands for those that do not fit. */
export function fitPorts(ports: string, columns: number): string {
	let fitting = ports;
	let words = ports.split(' ');
	while (fitting.length > columns && words.length > 1) {
		words = words.slice(words[1] === '←' ? 2 : 1);
		fitting = `… ${words.join(' ')}`;
	}

	return cutVisible(fitting, columns);
}
