export const commentsKo: Readonly<Record<string, string>> = {};
