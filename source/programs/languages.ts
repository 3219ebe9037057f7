/** The languages that a listing can be had in: Python 3, JavaScript for Node 22 or newer as an ES module, C for POSIX. */
export const sourceLanguages = ['python', 'javascript', 'c'] as const;

/** A language that a listing can be had in, by its name. */
export type SourceLanguage = (typeof sourceLanguages)[number];

/** What a listing's comments are written in: English or Korean (ISO 639-1). */
export type CommentLanguage = 'en' | 'ko';
