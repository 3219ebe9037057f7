import type {Act, Command} from '../source/engine/api/command.ts';
import type {ExperimentName} from '../source/engine/api/experiment.ts';
import type {ClientView} from '../source/engine/api/scene-view.ts';
import type {Address} from '../source/log/event.ts';
import {replyRules} from '../source/replies/reply-rule.ts';
import {linkDirections} from '../source/link/link.ts';
import type {Dice} from './dice.ts';
import {randomPayload, smallPayload} from './payloads.ts';
import {randomConditions} from './random-conditions.ts';
import {allClients, type Scenes} from './views.ts';

const experiments: readonly ExperimentName[] = [
	'tcp-refused',
	'udp-refused',
	'udp-connected-refused',
	'address-in-use',
	'permission-denied',
	'unknown-host',
	'timeout',
	'reset-or-end',
	'half-closed',
	'broken-pipe',
	'message-too-long',
	'empty-datagram',
	'server-stops',
	'time-wait',
	'truncated-character',
	'no-reader',
];

/**
Any command, of which the engine may refuse some.

@param destinations - where clients may be sent to, other than the scene's own server
*/
export function randomCommand(dice: Dice, scenes: Scenes, destinations: readonly Address[]): Command {
	const clients = allClients(scenes);
	const protocol = dice.pick(['udp', 'tcp'] as const);
	const scene = dice.pick(['udp', 'tcp', 'tcp', 'udp', 'laboratory'] as const);
	const {server} = scenes[protocol];
	const connection = dice.pick(scenes.tcp.server?.peers.map(({number}) => number) ?? []) ?? 1;
	const onClient = (make: (client: ClientView, isUdp: boolean) => Command) => (): Command => {
		const client = clients.length > 0 ? dice.pick(clients) : undefined;
		return client ? make(client, scenes.udp.clients.includes(client)) : {type: 'open-client', protocol};
	};

	return dice.weighted<() => Command>([
		[40, onClient(({pane}, isUdp) => ({type: 'send', pane, bytes: randomPayload(dice, isUdp ? 'udp' : 'tcp')}))],
		[5, () => ({
			type: 'send-from-server', protocol, target: dice.chance(0.3) ? 'all' : server?.target, bytes: randomPayload(dice, protocol),
		})],
		[5, () => ({type: 'open-client', protocol})],
		[2, onClient(({pane}) => ({type: 'remove-client', pane}))],
		[3, onClient(({pane}) => ({type: 'close-client', pane}))],
		[8, onClient(({pane}) => ({type: 'reopen-client', pane}))],
		[2, onClient(({pane}) => ({type: 'half-close-client', pane}))],
		[1, () => ({type: 'half-close-connection', connection})],
		[1, () => ({type: 'close-connection', connection})],
		[server?.state.type === 'open' ? 0.3 : 5, () => ({type: server?.state.type === 'open' ? 'stop-server' : 'open-server', protocol})],
		[0.2, () => ({type: 'move-server', protocol, address: {host: dice.pick(['127.0.0.1', 'localhost', '::1', '127.0.0.2']), port: 0}})],
		[2, () => ({type: 'set-rule', protocol, rule: dice.pick(replyRules)})],
		[1, () => ({type: 'set-close-after-reply', closeAfterReply: dice.chance(0.3)})],
		[1, () => ({type: 'choose-peer', protocol, step: dice.pick([1, -1] as const)})],
		[3, onClient(({pane}, isUdp) => {
			const own = scenes[isUdp ? 'udp' : 'tcp'].server?.state;
			return {type: 'set-destination', pane, destination: own?.type === 'open' && dice.chance(0.7) ? own.local : dice.pick(destinations)};
		})],
		[5, () => ({
			type: 'set-link', scene, direction: dice.pick([...linkDirections, 'both'] as const), conditions: randomConditions(dice),
		})],
		[2, () => ({type: 'lose-next', scene, direction: dice.pick(linkDirections)})],
		[0.5, () => ({type: 'set-seed', seed: dice.whole(0, (2 ** 32) - 1)})],
		[4, onClient(({pane}, isUdp) => ({type: 'act', on: {type: 'client', pane}, act: randomAct(dice, isUdp)}))],
		[4, () => ({type: 'act', on: {type: 'connection', connection}, act: randomAct(dice, false)})],
		[2, onClient(({pane}) => ({
			type: 'start-series', pane, series: {
				count: dice.chance(0.9) ? dice.whole(1, 500) : undefined,
				rate: dice.chance(0.8) ? dice.whole(1, 2000) : undefined,
				...(dice.chance(0.5) && {bytes: smallPayload(dice)}),
			},
		}))],
		[2, onClient(({pane}) => ({type: 'stop-series', pane}))],
		[0.5, () => ({type: 'start-experiment', experiment: dice.pick(experiments)})],
		[0.3, () => ({type: 'end-experiment'})],
		[0.3, () => ({type: 'read-events', scene})],
	])();
}

function randomAct(dice: Dice, isUdp: boolean): Act {
	const bytes = randomPayload(dice, isUdp ? 'udp' : 'tcp');
	return dice.weighted<() => Act>([
		[2, () => ({type: 'reset'})],
		[2, () => ({type: 'stop-reading'})],
		[4, () => ({type: 'read-again'})],
		[2, () => ({type: 'split-character', bytes})],
		[2, () => ({type: 'two-writes', bytes, hasPause: dice.chance(0.5)})],
	])();
}
