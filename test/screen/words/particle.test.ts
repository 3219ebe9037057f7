import test from 'ava';
import {ko} from '../../../source/screen/words/ko.ts';
import {withParticle} from '../../../source/screen/words/particle.ts';

test('a particle follows the last sound of its word, of a number that of its last digit', t => {
	const subjects = Array.from({length: 10}, (_, digit) => withParticle(String(digit), ['은', '는']).at(-1));
	t.is(subjects.join(''), '은은는은는는은은은는');
	t.is(withParticle('eth0', ['이', '가']), 'eth0이');
	t.is(withParticle('wlan', ['이', '가']), 'wlan이');
	t.is(withParticle('lo', ['이', '가']), 'lo가');
	t.is(withParticle('포트', ['을', '를']), '포트를');
	t.is(withParticle('소켓', ['을', '를']), '소켓을');
	t.is(withParticle('', ['을', '를']), '를');
});

test('after ㄹ, as after a vowel, comes 로', t => {
	const ways = Array.from({length: 10}, (_, digit) => withParticle(String(digit), ['으로', '로']).slice(1));
	t.deepEqual(ways, ['으로', '로', '로', '으로', '로', '로', '으로', '로', '로', '로']);
	t.is(withParticle('서울', ['으로', '로']), '서울로');
	t.is(withParticle('집', ['으로', '로']), '집으로');
});

test('Korean sentences about ports and addresses have the particle that these ask for', t => {
	const {'socket-bound': bound} = ko.events;
	const client = {isServer: false, local: '0.0.0.0:0'};
	const sentences = [51_360, 51_365].map(port => bound({...client, port} as Parameters<typeof bound>[0]));
	t.true(sentences[0]!.includes('51360을 '));
	t.true(sentences[1]!.includes('51365를 '));
	const inUse = {code: 'EADDRINUSE', syscall: 'bind', message: ''};
	t.true(ko.failure(inUse, {host: '127.0.0.1', port: 12_000}, true).startsWith('127.0.0.1:12000은 '));
	t.true(ko.failure(inUse, {host: '127.0.0.1', port: 12_002}, true).startsWith('127.0.0.1:12002는 '));
	t.true(ko.acts.sampleSent('안녕').includes('“안녕”을 '));
	t.true(ko.acts.usesSample('first second').includes('“first second”를 '));
	const address = {host: '127.0.0.1', port: 36_914};
	t.regex(ko.laboratory.experiments['time-wait'].found?.({state: 'TIME_WAIT', address}, true) ?? '', /36914는 /);
});
