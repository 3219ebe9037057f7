import type {ServerProgram} from './listing.ts';

/** Whether a server's rule looks at characters, so that one which a chunk border has cut must be made whole first. */
export function isByCharacter({rule}: ServerProgram): boolean {
	return rule === 'uppercase' || rule === 'reverse' || rule === 'chat';
}
