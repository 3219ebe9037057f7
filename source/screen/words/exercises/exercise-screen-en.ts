/** The exercises in the screen, in English: their list, the prompt, and the panel of the one that is carried out. */
export const exerciseScreenEn = {
	section: 'Exercises: your own program is checked',
	badge: 'EXERCISE',
	held: 'all checks hold',
	loading: 'reading the exercises …',
	starting: 'starting the program …',
	running: (done: number, count: number) => `${done} of ${count} checks made`,
	prompt: 'Your program:',
	ways: {
		server: [
			'Type how your server is started: python3 my_server.py {port}. The check starts it, and ends it.',
			'It learns its port where {port} stands, or from PORT in its environment; else it has port 12000.',
			'Or the address of a server that runs already: host:port.',
		],
		client: [
			'Type how your client is started: python3 my_client.py {host} {port}. The check starts it, and ends it.',
			'It learns the server where {host} and {port} stand, or from HOST and PORT in its environment; else it takes '
			+ '127.0.0.1, port 12000.',
			'Or the address, host:port, to which a client that you start yourself connects or sends; leave it empty, and the '
			+ 'OS chooses a port, which is then shown.',
		],
	},
	promptHint: 'Enter starts · ↑ earlier · Esc cancels',
	noServer: 'type a command line, or the address of a server that runs already',
	unclosed: 'a quotation mark is not closed',
	wrongPort: 'a server that runs already has a port from 1 to 65535',
	keys: {
		again: 'check again',
		freePort: 'stop that server, and check',
		other: 'other program',
		save: 'save the report',
		panes: 'next pane',
		scroll: 'scroll',
		leave: 'end and leave',
		menu: 'exercise',
	},
	ownPort: 'The playground\'s own server has this port: o stops it, and the checks begin again.',
	notNow: 'not while the checks are made: it would change what they see',
	noReport: 'there is nothing to report yet',
};
