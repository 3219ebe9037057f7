import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {ReadingTurns} from '../../source/headless/reading-turns.ts';

test('when much was told in a turn all connections rest; in the next some read once, those first that never have', async t => {
	const resting = new Set<number>();
	const connections = Array.from({length: 10}, (_, index) => ({
		number: index + 1,
		state: 'ESTABLISHED' as const,
		restReading(isResting: boolean) {
			if (isResting) {
				resting.add(index + 1);
			} else {
				resting.delete(index + 1);
			}
		},
	}));
	const turns = new ReadingTurns(() => connections);
	const awake = (): number[] => connections.map(({number}) => number).filter(number => !resting.has(number));
	turns.spent(5, connections[0]);
	t.is(resting.size, 0, 'little was told');
	turns.spent(50, connections[1]);
	t.is(resting.size, 10);
	await nextTurn();
	t.deepEqual(awake(), [7, 8, 9, 10]);
	turns.spent(50, connections[9]);
	t.deepEqual(awake(), [7, 8, 9], 'the others have not read yet');
	turns.spent(1, connections[8]);
	t.deepEqual(awake(), [7, 8]);
	await nextTurn();
	t.deepEqual(awake(), [3, 4, 5, 6, 7, 8]);
	while (resting.size > 0) {
		await nextTurn();
	}

	t.deepEqual(awake().length, 10, 'where nothing is told, all read again');
});
