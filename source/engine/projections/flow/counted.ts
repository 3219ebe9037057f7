/** A number with its thousands apart: `2,000`. */
export function counted(count: number): string {
	return String(count).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
}
