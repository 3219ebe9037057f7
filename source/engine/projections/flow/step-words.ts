import {counted} from './counted.ts';
import {connectionOfLane} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';

/** What a step is, and what may be said of it where there is more room. */
export function wordsOf({kind, length = 0, to}: FlowStep): readonly [lead: string, note?: string] {
	switch (kind) {
		case 'datagram':
		case 'chunk':
		case 'send-failed': {
			return [`${counted(length)} B`];
		}

		case 'connect': {
			return ['SYN', 'connect()'];
		}

		case 'connected': {
			return ['SYN+ACK connected'];
		}

		case 'established': {
			return ['connected'];
		}

		case 'accept': {
			return ['accept()', `→ connection ${to === undefined ? '' : connectionOfLane(to) ?? ''}`];
		}

		case 'reject': {
			return ['accept()', `limit ${counted(length)}`];
		}

		case 'fin': {
			return ['FIN'];
		}

		case 'reset': {
			return ['RST'];
		}

		case 'bound':
		case 'listening':
		case 'resumed': {
			return [kind];
		}

		case 'closed': {
			return length > 0 ? ['closed', `${counted(length)} B discarded`] : ['closed'];
		}

		case 'paused': {
			return ['paused', `${counted(length)} B waiting`];
		}

		case 'refused': {
			return [`send() ${counted(length)} B`];
		}

		case 'bind-failed':
		case 'failed': {
			return [''];
		}

		case 'peer-set': {
			return ['connect()'];
		}

		case 'reading-stopped': {
			return ['reading stopped'];
		}

		case 'reading-resumed': {
			return ['reading resumed'];
		}

		case 'link-changed': {
			return ['simulated link'];
		}

		case 'loss-ordered': {
			return ['simulated link', 'loses the next datagram'];
		}

		case 'series-started': {
			return ['series'];
		}

		case 'series-ended': {
			return ['series ended'];
		}

		default: {
			return kind satisfies never;
		}
	}
}

/** The sign at the head of what happens on one lane: ● it begins, ○ it ends, ✗ it failed, ≈ the simulated link. Empty for the rest. */
export function markOfStep({kind}: FlowStep): '●' | '○' | '✗' | '≈' | '' {
	switch (kind) {
		case 'bound':
		case 'listening': {
			return '●';
		}

		case 'closed': {
			return '○';
		}

		case 'bind-failed':
		case 'failed':
		case 'refused': {
			return '✗';
		}

		case 'link-changed':
		case 'loss-ordered': {
			return '≈';
		}

		case 'datagram':
		case 'chunk':
		case 'send-failed':
		case 'connect':
		case 'connected':
		case 'established':
		case 'accept':
		case 'reject':
		case 'fin':
		case 'reset':
		case 'paused':
		case 'resumed':
		case 'peer-set':
		case 'reading-stopped':
		case 'reading-resumed':
		case 'series-started':
		case 'series-ended': {
			return '';
		}

		default: {
			return kind satisfies never;
		}
	}
}
