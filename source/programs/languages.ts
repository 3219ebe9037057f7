/** The languages of a listing: Python 3, JavaScript for Node 22 or newer as an ES module, C for POSIX. */
export const sourceLanguages = ['python', 'javascript', 'c'] as const;

/** A language of a listing, by its name. */
export type SourceLanguage = (typeof sourceLanguages)[number];

/** What a listing's comments are written in: English or Korean (ISO 639-1). */
export type CommentLanguage = 'en' | 'ko';
