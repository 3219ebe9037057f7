/* The worker's entry: the playground behind a message port. */
import {parentPort, workerData} from 'node:worker_threads';
import type {FromEngine, ToEngine} from './api/messages.ts';
import type {PlaygroundOptions} from './api/command.ts';
import {Playground} from './playground.ts';
import {QueryServer} from './query-server.ts';
import {warmUp} from './warm-up.ts';

if (!parentPort) {
	throw new Error('The engine runs as a worker thread');
}

const port = parentPort;
const playground = new Playground(workerData as PlaygroundOptions);

function tell(message: FromEngine): void {
	port.postMessage(message);
}

let lastCommand = 0;
let isWarm = false;

const queryServer = new QueryServer(playground, views => {
	tell({type: 'views', views, lastCommand});
	if (!isWarm) {
		// The first screen does not wait for it, and is drawn meanwhile.
		isWarm = true;
		setImmediate(warmUp);
	}
});

async function close(): Promise<void> {
	await playground.close();
	tell({type: 'closed'});
	port.close();
}

async function execute({id, command}: Extract<ToEngine, {type: 'command'}>): Promise<void> {
	lastCommand = id;
	tell({type: 'answer', id, answer: await playground.execute(command)});
}

port.on('message', (message: ToEngine) => {
	switch (message.type) {
		case 'command': {
			void execute(message);
			break;
		}

		case 'ask': {
			queryServer.ask(message.queries);
			break;
		}

		case 'close': {
			void close();
			break;
		}

		default: {
			message satisfies never;
		}
	}
});
