import type {PlaygroundOptions} from '../../source/engine/api/command.ts';
import {perfect} from '../../source/link/conditions.ts';

/**
A playground on loopback whose server echoes, on a port that the system picks: no clients, and a link that does nothing.
Its log is smaller than the program's: with 16 MiB each, V8 collects all garbage for every one or two of them.
*/
export const playgroundOptions: PlaygroundOptions = {
	host: '127.0.0.1', port: 0, reply: 'echo', closeAfterReply: false, clients: 0, link: perfect, seed: 1,
	limits: {events: 16_384, logBytes: 2 * 1024 * 1024},
};
