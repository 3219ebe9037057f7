/** What keeps this process alive, or could, by kind: sockets, timers, threads, and listeners of the process itself. */
export function resources(): Map<string, number> {
	const counts = new Map<string, number>();
	const add = (name: string, count = 1): void => {
		counts.set(name, (counts.get(name) ?? 0) + count);
	};

	// Node opens its standard streams when they are first asked for, and asks for one when it destroys a socket.
	for (const {fd} of [process.stdout, process.stderr]) {
		add('standard streams', fd > 0 ? 1 : 0);
	}

	for (const name of process.getActiveResourcesInfo()) {
		add(name);
	}

	for (const name of process.eventNames()) {
		add(`listeners of process '${String(name)}'`, process.listenerCount(name));
	}

	return counts;
}

/** What there is now that there was not before. */
export function leftOver(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): string[] {
	return [...now].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name, count]) => `${count - (before.get(name) ?? 0)} more ${name}`);
}
