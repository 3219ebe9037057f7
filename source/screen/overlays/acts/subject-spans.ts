import type {Address} from '../../../log/event.ts';
import {formatAddress} from '../../../text/address.ts';
import {type Span, widthOf} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';
import type {ActSubject} from './acts.ts';

/**
Which socket the menu is for: its name, and the addresses of both ends as far as there are any. Where there is too
little room the near end's goes.
*/
export function subjectSpans(subject: ActSubject, columns: number, words: Words): Span[] {
	switch (subject.type) {
		case 'client': {
			const {client: {number, state, destination}, protocol} = subject;
			const local = 'local' in state ? state.local : undefined;
			const peer = state.type === 'connected' ? state.peer : destination;
			return named(
				words.client.tab(number),
				local,
				protocol === 'tcp' && state.type === 'connected' ? '⇄' : '→',
				peer,
				columns,
			);
		}

		case 'connection': {
			const {number, address, connection} = subject.peer;
			return named(words.acts.ofConnection(number), connection?.local, '⇄', address, columns);
		}

		case 'server': {
			return [{text: words.acts.ofServer, tone: 'strong'}];
		}

		default: {
			return subject satisfies never;
		}
	}
}

function named(
	name: string,
	local: Address | undefined,
	arrow: string,
	peer: Address | undefined,
	columns: number,
): Span[] {
	const title: Span = {text: `${name}  `, tone: 'strong'};
	const near = local ? `${formatAddress(local)} ` : '';
	const far = peer ? `${arrow} ${formatAddress(peer)}` : '';
	const whole = [title, {text: near + far}];
	return widthOf(whole) > columns ? [title, {text: far}] : whole;
}
