/** Where in a piece of plain data there is a number that no view can have: none at all, an infinite or a negative one. */
export function numberProblems(value: unknown, path = ''): string[] {
	if (typeof value === 'number') {
		return Number.isFinite(value) && value >= 0 ? [] : [`${path} is ${value}`];
	}

	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
		return [];
	}

	return Object.entries(value).flatMap(([name, part]) => numberProblems(part, `${path}.${name}`));
}
