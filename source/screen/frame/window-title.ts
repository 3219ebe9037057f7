/* The title of the terminal's window (xterm's control sequences: OSC 2, and XTWINOPS 22 and 23). */
import type {SceneView} from '../../engine/api/scene-view.ts';
import {formatAddress} from '../../text/address.ts';
import {visibleLine} from '../../text/width/visible.ts';
import type {Words} from '../words/words.ts';

/** Put the title that the window has on the terminal's stack; and take it from there again. */
export const saveTitle = '\u{1B}[22;2t';
export const restoreTitle = '\u{1B}[23;2t';

/** What a scene's window is called: the protocol, and the address that the server has bound or that clients send to. */
export function windowTitle({protocol, server, connect}: SceneView, {header}: Words): string {
	const address = server?.state.type === 'open' ? formatAddress(server.state.local) : header.closed;
	return `socket-playground ${protocol.toUpperCase()} ${connect ? `→ ${formatAddress(connect)}` : address}`;
}

/** The sequence that gives the window a title. */
export function titleSequence(title: string): string {
	return `\u{1B}]2;${visibleLine(title)}\u{1B}\\`;
}
