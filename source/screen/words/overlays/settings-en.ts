import type {SettingName} from '../../overlays/modes.ts';

/** The settings of a pane: each row's name, which has at most 20 columns, and what it does. */
const rows: Readonly<Record<SettingName, {readonly name: string; readonly about: string}>> = {
	encoding: {
		name: 'encoding',
		about: 'How received bytes are shown as text, how typed text is sent, and what a server\'s rules read.',
	},
	ending: {
		name: 'line ending',
		about: 'What is sent behind a message that is typed, and at the ends of pasted lines.',
	},
	framing: {
		name: 'framing',
		about: 'What marks messages in the stream, for rules, typed messages and series. Each pane has its own.',
	},
	'source-address': {
		name: 'source address',
		about: 'The address and port that this client binds, with bind(), before it connects or sends.',
	},
	'listen-backlog': {
		name: 'backlog',
		about: 'listen(fd, n): how many clients may wait for accept(); the kernel takes at most net.core.somaxconn.',
	},
	'may-broadcast': {
		name: 'SO_BROADCAST',
		about: 'Without it a send to a broadcast address, such as 255.255.255.255, fails with EACCES.',
	},
	'ip-ttl': {
		name: 'TTL',
		about: 'How many hops a datagram may go: each router takes one (IP_TTL, IPV6_UNICAST_HOPS).',
	},
	'multicast-group': {
		name: 'multicast groups',
		about: 'Groups that the socket has joined: it gets what is sent there to its port.',
	},
	'multicast-interface': {
		name: 'multicast interface',
		about: 'The interface that multicast is sent from, where no zone of the destination names one.',
	},
	'multicast-hops': {
		name: 'multicast TTL',
		about: 'How many hops multicast may go; 1, the default, is this network alone.',
	},
	'multicast-loop': {
		name: 'multicast loopback',
		about: 'On: sockets of this machine, too, get the multicast that this one sends.',
	},
	'receive-buffer': {
		name: 'SO_RCVBUF',
		about: 'The receive buffer. Linux makes it twice as large as it is asked for, up to twice net.core.rmem_max.',
	},
	'send-buffer': {
		name: 'SO_SNDBUF',
		about: 'The send buffer. Linux makes it twice as large as it is asked for, up to twice net.core.wmem_max.',
	},
	'no-delay': {
		name: 'TCP_NODELAY',
		about: 'On: small segments are sent at once. Off: they wait for the ACK of those before (Nagle).',
	},
	'keep-alive': {
		name: 'keep-alive',
		about: 'After this time without data the system asks whether the peer is there (SO_KEEPALIVE, TCP_KEEPIDLE).',
	},
};

/** What can be typed. */
const hints: Readonly<Partial<Record<SettingName, string>>> = {
	'source-address': 'HOST:PORT, HOST, :PORT or default',
	'listen-backlog': 'a number from 1, or default',
	'ip-ttl': '1 to 255, or default',
	'multicast-group': '239.1.2.3, ff02::1234%eth0; -GROUP leaves it',
	'multicast-interface': 'its name or IPv4 address, or default',
	'multicast-hops': '0 to 255, or default',
	'receive-buffer': 'bytes to 64MiB, such as 65536 or 64KiB; or default',
	'send-buffer': 'bytes to 64MiB, such as 65536 or 64KiB; or default',
	'keep-alive': 'seconds, such as 60s, to 32767s; off; or default',
};

const defaults: Readonly<Partial<Record<string, string>>> = {
	backlog: '511', 'multicast-ttl': '1', keepalive: 'off',
};

export const settingsEn = {
	title: 'SETTINGS',
	about: 'kept when its socket is closed and opened again',
	keys: {
		row: 'setting', change: 'change', set: 'choose or type', pane: 'other pane',
	},
	changing: (name: string, value: string) => `${name} is ${value}; new value:`,
	cancels: 'Esc cancels',
	rows,
	hints,
	noFraming: (allowed: string) => `a framing is one of ${allowed}`,
	noUtf16: 'not UTF-16LE: the line feed of framing `line` is one byte',
	endings: {
		none: 'none', lf: String.raw`LF (\n)`, crlf: String.raw`CR LF (\r\n)`, cr: String.raw`CR (\r)`, nul: String.raw`NUL (\0)`,
	},
	on: 'on',
	off: 'off',
	none: 'none',
	/** What a value is that is not set. */
	ofSystem: 'as the OS has it',
	defaults,
	groups: (count: number) => `${count} groups`,
	wrong: (hint: string) => `not taken: ${hint}`,
	refused: (code: string) => `The present socket does not have it: the OS has refused it (${code}).`,
	noSocketYet: 'No socket has it yet: the next one gets it.',
	forNext: {
		client: 'It is for the next socket: Esc x closes this one, Esc o opens another.',
		server: 'It is for the next socket: Esc o stops the server, and opens it again.',
	},
	boundElsewhere: (host: string) =>
		`This socket is bound to ${host}: nothing that is sent to a group arrives there. Esc a binds 0.0.0.0 or ::.`,
	notPossible: 'not possible',
	whyNotPossible: 'Node sets this for UDP sockets only.',
};
