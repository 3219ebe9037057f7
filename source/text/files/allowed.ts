/* What a flag, or a part of a file, takes: as data, and in English. */

/** What can be taken, by name: in English, with its values. */
export const allowedEn = {
	oneOf: (words: readonly string[]) => orList(words),
	integer: (least: number, most: number) => `a whole number from ${least} to ${most}`,
	path: () => 'the path of a file',
	yamlPath: () => 'the path of a YAML file',
	host: () => 'an IP address or a host name, such as 127.0.0.1, ::1 or 0.0.0.0',
	target: () => 'host:port or [v6]:port with a port from 1 to 65535',
	listen: () => 'a port, host:port or [v6]:port',
	binding: () => 'HOST:PORT, HOST or :PORT',
	time: () => 'a time with its unit, such as 500ms, 10s or 2m, to 596h',
	longerTime: () => 'a time that is longer than 0',
	count: () => 'count=N with a number of messages from 1',
	byteLimit: () => 'a number of bytes from 1 to 64MiB, such as 64KiB',
	link: (presets: readonly string[]) => `${presets.join(', ')}, or name=value ... such as loss=30%,delay=100ms`,
	// Options of sockets.
	options: (names: readonly string[]) => `${names.join(', ')}, with =VALUE`,
	source: () => 'an IP address of this machine, as HOST:PORT, HOST or :PORT',
	connections: () => 'a number of connections from 1',
	buffer: () => 'a number of bytes from 1 to 64MiB, such as 65536 or 64KiB',
	switch: () => 'on or off',
	hops: (least: number) => `a number of hops from ${least} to 255`,
	interface: () => 'the name of an interface, or its IPv4 address',
	group: () => 'a multicast group, such as 239.1.2.3, 239.1.2.3%eth0 or ff02::1234%eth0',
	joinedGroup: () => 'a multicast group that was joined',
	idleTime: () => 'the idle time in whole seconds, such as 60s, to 32767s, or off',
	// Conditions of the simulated link.
	linkShare: () => '0 to 1, or 0% to 100%',
	linkTime: () => '0ms to 60s',
	linkBytes: () => 'whole bytes from 1 to 64MiB, such as 1500 or 64KiB',
	linkSlice: () => 'whole bytes from 1 to 64MiB, such as 1500 or 64KiB, or none',
	linkRate: () => 'at least 1 byte a second, such as 64KiB/s, 1MB/s or 10Mbit/s, or none',
	// Lessons.
	text: () => 'a text',
	word: () => 'a word',
	number: () => 'a number',
	duration: () => 'a duration such as 100ms or 2s',
	boundTime: () => 'the time of something bound, such as query.time',
	share: () => 'a share such as 30% or 0.3',
	boolean: () => 'true or false',
	address: () => 'an address such as 127.0.0.1:12000, or that of something bound, such as query.peer',
	hex: () => 'pairs of hexadecimal digits such as \'ed 95 9c\'',
	lessonId: () => 'lower-case letters and digits with hyphens between them, such as udp-loss',
	boundName: (reserved: readonly string[]) => `a name of letters, digits and hyphens other than ${reserved.join(', ')}`,
	answer: () => 'a number, or {bound: name.field}',
	tolerance: () => 'a number from 0 on',
} as const satisfies Readonly<Record<string, (...values: never[]) => string>>;

type AllowedName = keyof typeof allowedEn;

/** What can be taken, in the words of a language. */
export type AllowedWords = {
	readonly [Name in AllowedName]: (...values: Parameters<(typeof allowedEn)[Name]>) => string;
};

/** What is taken: its name among the words, and the values in it. */
export type Allowed = {
	readonly [Name in AllowedName]: readonly [name: Name, ...values: Parameters<(typeof allowedEn)[Name]>];
}[AllowedName];

/** What is taken, in English or in another language. */
export function allowedText([name, ...values]: Allowed, words: AllowedWords = allowedEn): string {
	return (words[name] as (...all: readonly unknown[]) => string)(...values);
}

/** Words as a list: `a, b or c`. */
export function orList(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
