import type {PlacedDraft} from './flow-draft.ts';
import {serverLane} from './flow-scene.ts';
import {peerOfLane} from './peer-address.ts';
import type {EndPlacer} from './place-end.ts';

/**
Accept() is the welcoming socket's own call. Of a connection from an address that is not ours nothing but that call is known, which returned the address: that
it is connected is told before the call. Drafts are newest first.
*/
export function tellAccepts(drafts: readonly PlacedDraft[], place: EndPlacer): PlacedDraft[] {
	const told: PlacedDraft[] = [];
	for (const draft of drafts) {
		const peer = draft.accepted && place(draft.accepted);
		if (peer === undefined || peerOfLane(peer) === undefined) {
			told.push(draft);
		} else {
			told.push({...draft, isSecond: true}, {
				...draft, kind: 'established', from: peer, to: serverLane,
			});
		}
	}

	return told;
}
