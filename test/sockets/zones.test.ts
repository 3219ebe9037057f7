import {networkInterfaces} from 'node:os';
import test from 'ava';
import {inOwnNetwork} from '../helpers/run-program.ts';
import {skipped} from '../helpers/skipped.ts';
import type {Address, SocketEvent, SocketFailure} from '../../source/log/event.ts';
import {en} from '../../source/screen/words/en.ts';
import {ko} from '../../source/screen/words/ko.ts';
import {isAnswerFrom, withZoneName} from '../../source/sockets/zones.ts';

type Report = {
	readonly name: string;
	readonly rows: readonly [SocketEvent & {readonly type: 'datagram-received'}, SocketEvent];
	readonly failures: ReadonlyArray<{
		readonly address: Address;
		readonly failure: SocketFailure;
		readonly isServer: boolean;
	}>;
};

test('a zone is the same by its number and by its name, and one that is missing or unknown is explained', async t => {
	const setUp = [
		'ip link set lo up',
		'ip link add v0 type veth peer name v1',
		'ip link set v0 addrgenmode none up',
		'ip link set v1 addrgenmode none up',
		// Used at once, without a search for another that has it (RFC 4862 section 5.4).
		'ip -6 addr add fe80::1/64 dev v0 nodad',
	].join(' && ');
	const report = await inOwnNetwork(setUp, 'zones.ts') as Report | undefined;
	if (!report) {
		skipped(t, 'no network namespace with an interface can be made here');
		return;
	}

	const {name, rows: [answer], failures} = report;
	t.true(answer.peer.host.endsWith(`%${name}`));
	t.false(answer.isThirdParty);
	t.is(failures.length, 6);
	for (const {address, failure, isServer} of failures) {
		t.is(failure.code, 'EINVAL');
		for (const words of [en, ko]) {
			const isMissing = isServer && !address.host.includes('%');
			t.regex(words.failure(failure, address, isServer), isMissing ? /%eth0]/ : /nowhere.*ip addr/);
		}
	}
});

test('an address keeps its zone where that is a name, and is unknown where no interface has it', t => {
	const [name = ''] = Object.keys(networkInterfaces());
	const named = {host: `fe80::1%${name}`, port: 7};
	t.is(withZoneName(named), named);
	const plain = {host: '::1', port: 7};
	t.is(withZoneName(plain), plain);
	t.is(withZoneName({host: 'fe80::1%nowhere', port: 7}), undefined);
	t.is(withZoneName({host: 'fe80::1%999999', port: 7}), undefined);
});

test('a zone is known by its number also where the interface has no link-local address', t => {
	if (networkInterfaces().lo?.every(({address}) => address !== '::1') ?? true) {
		skipped(t, 'there is no interface lo with the address ::1');
		return;
	}

	t.deepEqual(withZoneName({host: '::1%1', port: 7}), {host: '::1%lo', port: 7});
});

test('an answer comes from where it was sent to, in whichever zone where none was given', t => {
	const from = {host: 'fe80::1%eth0', port: 7};
	t.true(isAnswerFrom(from, from));
	t.true(isAnswerFrom(from, {host: 'fe80::1', port: 7}));
	t.false(isAnswerFrom(from, {host: 'fe80::1', port: 8}));
	t.false(isAnswerFrom(from, {host: 'fe80::1%eth1', port: 7}));
	t.false(isAnswerFrom({host: '10.0.0.12', port: 7}, {host: '10.0.0.1', port: 7}));
});
