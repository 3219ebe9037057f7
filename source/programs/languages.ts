/** The languages of a listing: Python 3, JavaScript for Node 22 or newer as an ES module, C for POSIX. */
export const sourceLanguages = ['python', 'javascript', 'c'] as const;

export type SourceLanguage = (typeof sourceLanguages)[number];

/** What a listing's comments are written in: English or Korean (ISO 639-1). */
export type CommentLanguage = 'en' | 'ko';

/** How much of the pane's program is written out: as a textbook has it, without care for errors; or in full. */
export const listingForms = ['short', 'full'] as const;

export type ListingForm = (typeof listingForms)[number];
