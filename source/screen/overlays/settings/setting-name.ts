/** A row of the settings of a pane: an option of its sockets, or how messages are written. */
export type SettingName
	= | 'encoding'
		| 'ending'
		| 'framing'
		| 'source-address'
		| 'listen-backlog'
		| 'may-broadcast'
		| 'ip-ttl'
		| 'multicast-group'
		| 'multicast-interface'
		| 'multicast-hops'
		| 'multicast-loop'
		| 'receive-buffer'
		| 'send-buffer'
		| 'no-delay'
		| 'keep-alive';
