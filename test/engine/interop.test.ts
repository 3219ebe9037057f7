import test, {type ExecutionContext} from 'ava';
import {openPlayground} from '../helpers/playground-room.ts';
import {isInstalled, Program} from '../helpers/program.ts';
import {players} from '../helpers/programs.ts';
import {freeAddress} from '../helpers/loopback.ts';
import {skipped} from '../helpers/skipped.ts';

function isMissing(t: ExecutionContext, name: string): boolean {
	if (isInstalled(name)) {
		return false;
	}

	skipped(t, `${name} is not installed`);
	return true;
}

for (const {name, client, server, ready} of players) {
	for (const protocol of ['udp', 'tcp'] as const) {
		const received = protocol === 'udp' ? 'datagram-received' : 'chunk-received';
		const sent = protocol === 'udp' ? 'datagram-sent' : 'chunk-sent';

		test(`answers ${name} over ${protocol}, again and again`, async t => {
			if (isMissing(t, name)) {
				return;
			}

			const room = await openPlayground(t, protocol);
			const program = new Program(t, name, client(protocol, room.address(protocol)));
			for (const [index, [line, answer]] of [
				['hello', 'HELLO'],
				['안녕 ß', '안녕 SS'],
				['third', 'THIRD'],
			].entries()) {
				program.type(`${line}\n`);
				await program.prints(`${answer}\n`);
				const rows = await room.happenedTimes(received, index + 1);
				t.is(Buffer.from(rows[index]!.bytes).toString(), `${line}\n`);
			}

			t.is(room.server(protocol).peersEver, 1);
			t.is(room.scene(protocol).traffic.sent.count, 3);
		});

		test(`answers two of ${name} at once over ${protocol}`, async t => {
			if (isMissing(t, name)) {
				return;
			}

			const room = await openPlayground(t, protocol);
			const programs = [1, 2].map(() => new Program(t, name, client(protocol, room.address(protocol))));
			for (const [index, program] of programs.entries()) {
				program.type(`from ${index}\n`);
			}

			await Promise.all(programs.map(async (program, index) => program.prints(`FROM ${index}\n`)));
			t.is(room.server(protocol).peersEver, 2);
		});

		test(`talks to ${name} as a server over ${protocol}`, async t => {
			if (isMissing(t, name)) {
				return;
			}

			const address = await freeAddress();
			const program = new Program(t, name, server(protocol, address));
			await program.says(ready);
			const room = await openPlayground(t, protocol, {connect: address, clients: 1});
			const {pane} = room.client(protocol);
			t.deepEqual(await room.send(pane, '안녕, hello\n'), {refusal: undefined});
			await program.prints('안녕, hello\n');
			program.type('from the program\n');
			const answer = await room.happened(received);
			t.is(Buffer.from(answer.bytes).toString(), 'from the program\n');
			t.deepEqual(answer.peer, address);
			t.is(room.all(sent).length, 1);
		});
	}

	test(`sees ${name} leave and closes its connection socket`, async t => {
		if (isMissing(t, name)) {
			return;
		}

		const room = await openPlayground(t, 'tcp');
		const program = new Program(t, name, client('tcp', room.address('tcp')));
		program.type('bye\n');
		await program.prints('BYE\n');
		program.endInput();
		await room.happened('fin-received');
		await room.happened('socket-closed', ({socket}) => socket === 1);
		t.is(room.server('tcp').peerCount, 0);
	});
}
