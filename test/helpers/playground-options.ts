import type {PlaygroundOptions} from '../../source/engine/api/command.ts';
import {perfect} from '../../source/link/conditions.ts';

/**
A playground on loopback whose server echoes, on a port that the system picks: no clients, and a link that does nothing.
*/
export const playgroundOptions: PlaygroundOptions = {
	host: '127.0.0.1', port: 0, reply: 'echo', closeAfterReply: false, clients: 0, link: perfect, seed: 1,
};
