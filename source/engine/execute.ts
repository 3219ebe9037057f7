/* What each command does, and to what. */
import {byType} from '../text/by-type.ts';
import type {PaneId, Protocol} from '../log/event.ts';
import type {HeldMessages} from '../sockets/held-messages.ts';
import type {TcpConnection} from '../sockets/tcp/tcp-connection.ts';
import type {Command, Refusal, SceneName} from './api/command.ts';
import type {ReadingCommand} from './execute-reading.ts';
import type {Laboratory} from './laboratory/laboratory.ts';
import type {LessonRoom} from './lesson/lesson-room.ts';
import {ClientPane} from './scene/panes/client-pane.ts';
import {executeAct} from './scene/execute/execute-act.ts';
import {editHeld, whyNotHeld} from './scene/execute/execute-on-held.ts';
import {transferFile} from './scene/execute/execute-on-files.ts';
import {RelayPane} from './scene/panes/relay-pane.ts';
import type {Scene, ScenePane} from './scene/scene.ts';
import type {Scenes} from './scene/scenes.ts';
import type {ServerPane} from './scene/panes/server-pane.ts';

/** The commands that do something, and are answered with a refusal at most. */
type DoneCommand = Exclude<Command, ReadingCommand>;

type ForLesson = Extract<DoneCommand, {type: `${string}lesson${string}` | 'note-screen'}>;

/** Why a command was not carried out, if it was not: at once, or when it is done. */
type Outcome = Refusal | void | Promise<Refusal | void>;

type Rooms = {
	readonly scenes: Scenes;
	readonly laboratory: Laboratory;
	readonly lessons: LessonRoom;
	readonly startExercise: (command: Extract<Command, {type: 'start-exercise'}>) => Promise<void>;
	/** How often each saved message has been sent, by its name. */
	readonly counters: Map<string, number>;
};

/** The scene that is named, or else the protocol's own; TCP's for what only a TCP server has. */
type OnScene = {readonly scene?: SceneName; readonly protocol?: Protocol};

type OnPane = {readonly pane: PaneId};

const noPane: Refusal = {reason: 'no-such-pane'};
const noServer: Refusal = {reason: 'no-server'};

export function execute(command: DoneCommand, rooms: Rooms): Outcome {
	const {scenes, laboratory, lessons, startExercise, counters} = rooms;
	const sceneOf = ({scene, protocol = 'tcp'}: OnScene): Scene | undefined => scenes.get(scene ?? protocol);
	const paneOf = ({pane}: OnPane) => scenes.paneOf(pane)?.pane;
	/** On any pane; on a server's only while nothing depends on how it answers. */
	const onAnswering = (given: OnPane, act: (pane: ScenePane) => Outcome): Outcome => {
		const {pane, scene} = scenes.paneOf(given.pane) ?? {};
		const refusal = pane && pane === scene?.server ? scene.whyAnswersStay() : undefined;
		return refusal ?? on(pane, noPane, act);
	};

	const onServer = (given: OnScene, act: (pane: ServerPane) => Outcome): Outcome =>
		on(sceneOf(given)?.server, noServer, act);
	/** On a server's socket, or the one that a relay listens with. */
	const onFront = (given: OnScene, act: (pane: ServerPane | RelayPane) => Outcome): Outcome =>
		on(sceneOf(given)?.front, noServer, act);
	const onClient = (given: OnPane, act: (client: ClientPane) => Outcome): Outcome => {
		const pane = paneOf(given);
		return on(pane instanceof ClientPane ? pane : undefined, noPane, act);
	};

	const onConnection = (
		given: OnScene & {readonly connection: number},
		act: (connection: TcpConnection, pane: ServerPane) => void,
	): Outcome => {
		const pane = sceneOf(given)?.server;
		const connection = pane?.server.protocol === 'tcp' ? pane.server.peers.get(given.connection) : undefined;
		if (!pane || !connection) {
			return {reason: 'peer-gone'};
		}

		act(connection, pane);
	};

	const onSocketPane = (given: OnPane, act: (pane: ServerPane | ClientPane) => Outcome): Outcome => {
		const pane = paneOf(given);
		return on(pane instanceof RelayPane ? undefined : pane, noPane, act);
	};

	const onRelay = (given: OnScene, act: (relay: RelayPane, held: HeldMessages) => Outcome): Outcome =>
		on(sceneOf(given)?.relay, noServer, async pane => act(pane, pane.relay.held));
	if (isForLesson(command)) {
		return lessons.execute(command);
	}

	return byType<Exclude<DoneCommand, ForLesson>, Outcome>(command, {
		'open-scene': async ({protocol}) => scenes.of(protocol).open(),
		'open-client': async given => on(sceneOf(given), noPane, async scene => scene.openClient()),
		'set-holding': async given => onRelay(given, relay => {
			relay.hold(given.directions);
		}),
		'edit-held': async given => onRelay(given, (_, held) => editHeld(held, given.held, given.bytes)),
		'drop-held': async given => onRelay(given, (_, held) =>
			held.drop(given.held) ? undefined : whyNotHeld(held, given.held)),
		'release-held': async ({held: id, asItWas, ...given}) => onRelay(given, (_, held) => {
			if (id === undefined) {
				held.releaseAll();
				return;
			}

			return held.release(id, asItWas) ? undefined : whyNotHeld(held, id);
		}),
		'open-server': async given => onFront(given, async pane => pane.open()),
		'stop-server': async given => onFront(given, async pane => pane.close()),
		'move-server': async given => onFront(given, async pane => pane.move(given.address)),
		'set-rule': async given => onServer(given, pane => {
			const refusal = sceneOf(given)?.whyAnswersStay();
			if (refusal) {
				return refusal;
			}

			pane.setRule(given.rule);
		}),
		'choose-peer': async given => onServer(given, pane => {
			pane.choose(given.step);
		}),
		'send-from-server': async given => onServer(given, pane => pane.send(given.target, given.bytes)),
		'set-close-after-reply': async given => onServer(given, pane => {
			pane.setCloseAfterReply(given.closeAfterReply);
		}),
		'set-framing': async given => onAnswering(given, pane => pane.setFraming(given.framing, given.isUntold)),
		'set-encoding': async given => onAnswering(given, pane => pane.setEncoding(given.encoding, given.isUntold)),
		'set-option': async given => onSocketPane(given, ({options}) => options.set(given.option)),
		'set-link': async ({scene: name, direction, conditions, isUntold}) => on(scenes.get(name), noPane, scene => {
			scene.setLink(direction, conditions, isUntold);
		}),
		'tell-changes'() {
			for (const scene of scenes.all) {
				scene.tell();
			}
		},
		'lose-next': async ({scene: name, direction}) => on(scenes.get(name), noPane, scene => scene.loseNext(direction)),
		'set-seed'({seed}) {
			scenes.reseed(seed);
		},
		act: async given => executeAct(given, scenes),
		'start-series': async given => onClient(given, async client => client.startSeries(given.series)),
		'stop-series': async given => onClient(given, client => client.stopSeries()),
		'send-file': async given => onSocketPane(given, async pane => transferFile(pane, given)),
		'receive-file': async given => onSocketPane(given, async pane => transferFile(pane, given)),
		'stop-file': async given => onSocketPane(given, ({files}) => files.stop()),
		'send-messages': async given => onSocketPane(given, async pane =>
			pane.sendMessages(given.sequence, counters, given.target)),
		'stop-messages': async given => onSocketPane(given, ({messages}) => messages.stop()),
		'start-experiment': async ({experiment}) => laboratory.start(experiment),
		'end-experiment': async () => laboratory.end(),
		'start-exercise': startExercise,
		'end-exercise': async () => laboratory.end(),
		'half-close-connection': async given => onConnection(given, connection => {
			connection.halfClose();
		}),
		'close-connection': async given => onConnection(given, (connection, pane) => {
			connection.close();
			pane.unchoose(given.connection);
		}),
		'remove-client': async given => onClient(given, async client => scenes.paneOf(given.pane)?.scene.removeClient(client)),
		'reopen-client': async given => onClient(given, async client => client.open()),
		'close-client': async given => onClient(given, async client => client.close()),
		'half-close-client': async given => onClient(given, ({client}) =>
			client.protocol === 'tcp' ? client.halfClose() : {reason: 'not-open'}),
		'set-destination': async given => onClient(given, client => {
			client.setDestination(given.destination);
		}),
		send: async given => onClient(given, async client => client.send(given.bytes)),
	});
}

function isForLesson(command: DoneCommand): command is ForLesson {
	return command.type.includes('lesson') || command.type === 'note-screen';
}

function on<Found>(found: Found | undefined, otherwise: Refusal, act: (found: Found) => Outcome): Outcome {
	return found === undefined ? otherwise : act(found);
}
