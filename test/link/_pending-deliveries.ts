/* Leaves deliveries pending, on a line and on a stream, and comes to its end: the process must not wait for them. */
import {Bottleneck} from '../../source/link/bottleneck.ts';
import {perfect} from '../../source/link/conditions.ts';
import {DelayLine} from '../../source/link/delay-line.ts';
import {StreamLink} from '../../source/link/stream-link.ts';

function tooEarly(): void {
	process.exitCode = 1;
}

const line = new DelayLine<number>(tooEarly);
for (let number = 0; number < 1000; number++) {
	line.add(line.now + 3_600_000, number);
}

const link = new StreamLink({
	conditions: {...perfect, delay: 3_600_000},
	seed: 1,
	direction: 'to-server',
	connection: 1,
	bottleneck: new Bottleneck(),
	onSegment: tooEarly,
	onEnd: tooEarly,
});
link.write(Uint8Array.of(1, 2, 3));
link.end();
process.stdout.write(`${line.size} datagrams, ${link.waiting} bytes`);
