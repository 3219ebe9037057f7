/** Mistakes with connections and byte streams. */
export type TcpMistake = never;
