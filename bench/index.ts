/*
How fast the playground is, each figure against the same work without it, measured in the same run and in turns.
`npm run bench -- echo keys` measures some subjects only; settings.ts has what the environment can say.
*/
import {copyDistribution} from './terminal.ts';
import {formatTable, isMet, type Result} from './result.ts';
import {echo} from './rows/echo.ts';
import {flowExport} from './rows/flow-export.ts';
import {kernelTable} from './rows/kernel-table.ts';
import {keystrokes} from './rows/keystrokes.ts';
import {memory} from './rows/memory.ts';
import {relay} from './rows/relay.ts';
import {roundTrips} from './rows/round-trips.ts';
import {send} from './rows/send.ts';
import {start} from './rows/start.ts';
import {views} from './rows/views.ts';

const subjects = [echo, keystrokes, roundTrips, relay, memory, start, kernelTable, views, flowExport, send];
const wanted = process.argv.slice(2);
const unknown = wanted.find(name => subjects.every(subject => subject.name !== name));
if (unknown === undefined) {
	await copyDistribution();
	const results: Result[] = [];
	for (const {name, about, run} of subjects) {
		if (wanted.length === 0 || wanted.includes(name)) {
			console.log(`${name}: ${about}`);

			results.push(...await run());
		}
	}

	console.log(`\n${formatTable(results)}\n\n${results.filter(result => isMet(result)).length} of ${results.length} met`);
} else {
	process.stderr.write(`There is no subject '${unknown}': there are ${subjects.map(({name}) => name).join(', ')}\n`);
	process.exitCode = 2;
}
