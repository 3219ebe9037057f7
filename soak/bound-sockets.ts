import {type KernelRow, listen} from './kernel-rows.ts';
import {allClients, allScenes, type Scenes} from './views.ts';

/**
Where the views say that a socket is bound or listens and the kernel has none of ours there, or the kernel has one that no view shows.

@param rows - the kernel's lines of this process's own sockets
@param foreign - UDP ports of the soak's own sockets
*/
export function boundProblems(scenes: Scenes, rows: readonly KernelRow[], foreign: readonly number[]): string[] {
	const udpPorts = new Set(rows.filter(({protocol}) => protocol === 'udp').map(({localPort}) => localPort));
	const listening = new Set(rows.filter(({protocol, state}) => protocol === 'tcp' && state === listen).map(({localPort}) => localPort));
	const shown = new Set(foreign);
	const problems: string[] = [];
	for (const {pane, state} of allClients(scenes)) {
		if (state.type === 'bound') {
			shown.add(state.local.port);
			if (!udpPorts.has(state.local.port)) {
				problems.push(`client pane ${pane} says that it is bound to port ${state.local.port}, where the kernel has no UDP socket of ours`);
			}
		}
	}

	for (const {name, protocol, server} of allScenes(scenes)) {
		if (server?.state.type === 'open') {
			const {port} = server.state.local;
			shown.add(port);
			if (!(protocol === 'udp' ? udpPorts : listening).has(port)) {
				problems.push(`the ${name} server says that it is open at port ${port}, where the kernel has no socket of ours`);
			}
		}
	}

	return [...problems, ...[...udpPorts].filter(port => !shown.has(port)).map(port => `the kernel has a UDP socket of ours at port ${port} that no pane shows`)];
}
