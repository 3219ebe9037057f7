/** What can be done to one socket, and the series of messages, in the order of the menu. */
export const actNames = [
	'reset',
	'half-close',
	'reading',
	'split-character',
	'two-writes',
	'two-writes-pause',
	'burst',
	'repeat',
	'load',
	'report',
	'broadcast',
] as const;

/** An entry of the menu, by its name. `reading` stops it, or begins it again; so does `broadcast`. */
export type ActName = (typeof actNames)[number];

/** The series of messages: a number of them at a rate, one at an interval until stopped, or as many as possible. */
export type SeriesKind = 'burst' | 'repeat' | 'load';
