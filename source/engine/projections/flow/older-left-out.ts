/** What a file says that does not begin with the very first step. */
export const olderLeftOut = '… older steps are not in this file';
