/* What each command does, and to what. */
import {byType} from '../text/by-type.ts';
import type {PaneId, Protocol} from '../log/event.ts';
import type {TcpConnection} from '../sockets/tcp/tcp-connection.ts';
import type {Command, Refusal, SceneName} from './api/command.ts';
import type {LessonCommand} from './api/lesson.ts';
import type {ReadingCommand} from './execute-reading.ts';
import type {Laboratory} from './laboratory/laboratory.ts';
import type {LessonRoom} from './lesson/lesson-room.ts';
import {ClientPane} from './scene/panes/client-pane.ts';
import {executeAct} from './scene/execute/execute-act.ts';
import {executeOnHeld, type HoldingCommand} from './scene/execute/execute-on-held.ts';
import {executeOnFiles, type FileCommand} from './scene/execute/execute-on-files.ts';
import {executeOnMessages, type MessagesCommand} from './scene/execute/execute-on-messages.ts';
import type {Scene} from './scene/scene.ts';
import type {Scenes} from './scene/scenes.ts';
import type {ServerPane} from './scene/panes/server-pane.ts';

/** The commands that do something, and are answered with a refusal at most. */
type DoneCommand = Exclude<Command, ReadingCommand>;

/** Why a command was not carried out, if it was not: at once, or when it is done. */
type Outcome = Refusal | undefined | Promise<Refusal | undefined>;

type Rooms = {
	readonly scenes: Scenes;
	readonly laboratory: Laboratory;
	readonly lessons: LessonRoom;
	readonly startExercise: (command: Extract<Command, {type: 'start-exercise'}>) => Promise<undefined>;
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
	const onAnswering = (given: OnPane, act: (pane: Scene['panes'][number]) => Outcome): Outcome => {
		const found = scenes.paneOf(given.pane);
		return found
			? (found.pane === found.scene.server ? found.scene.whyAnswersStay() : undefined) ?? act(found.pane)
			: noPane;
	};

	const onServer = (given: OnScene, act: (pane: ServerPane) => Outcome): Outcome => {
		const server = sceneOf(given)?.server;
		return server ? act(server) : noServer;
	};

	/** On a server's socket, or the one that a relay listens with. */
	const onFront = async (
		given: OnScene,
		act: (pane: Exclude<Scene['front'], undefined>) => Promise<Refusal | void>,
	): Promise<Refusal | undefined> => {
		const front = sceneOf(given)?.front;
		return front ? (await act(front)) ?? undefined : noServer;
	};

	const onClient = (given: OnPane, act: (client: ClientPane, scene: Scene) => Outcome): Outcome => {
		const found = scenes.paneOf(given.pane);
		return found?.pane instanceof ClientPane ? act(found.pane, found.scene) : noPane;
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
		return undefined;
	};

	const onHeld = (given: HoldingCommand): Outcome => {
		const relay = sceneOf(given)?.relay;
		return relay ? executeOnHeld(relay, given) : noServer;
	};

	const onFiles = (given: FileCommand): Outcome => {
		const pane = paneOf(given);
		return pane && 'files' in pane ? executeOnFiles(pane, given) : noPane;
	};

	const onMessages = (given: MessagesCommand): Outcome => {
		const pane = paneOf(given);
		return pane && 'messages' in pane ? executeOnMessages(pane, given, counters) : noPane;
	};

	const onLesson = async (given: LessonCommand): Promise<Refusal | undefined> => lessons.execute(given);
	return byType<DoneCommand, Outcome>(command, {
		'open-scene': async ({protocol}) => scenes.of(protocol).open().then(() => undefined),
		'open-client': async given => sceneOf(given)?.openClient() ?? noPane,
		'set-holding': onHeld,
		'edit-held': onHeld,
		'drop-held': onHeld,
		'release-held': onHeld,
		'open-server': async given => onFront(given, async pane => pane.open()),
		'stop-server': async given => onFront(given, async pane => pane.close()),
		'move-server': async given => onFront(given, async pane => pane.move(given.address)),
		'set-rule': async given => onServer(given, pane => {
			const refusal = sceneOf(given)?.whyAnswersStay();
			if (!refusal) {
				pane.setRule(given.rule);
			}

			return refusal;
		}),
		'choose-peer': async given => onServer(given, pane => {
			pane.choose(given.step);
			return undefined;
		}),
		'send-from-server': async given => onServer(given, pane => pane.send(given.target, given.bytes)),
		'set-close-after-reply': async given => onServer(given, pane => {
			pane.setCloseAfterReply(given.closeAfterReply);
			return undefined;
		}),
		'set-framing': async given => onAnswering(given, pane => pane.setFraming(given.framing, given.isUntold)),
		'set-encoding': async given => onAnswering(given, pane => pane.setEncoding(given.encoding, given.isUntold)),
		'set-option'(given) {
			const pane = paneOf(given);
			return pane && 'options' in pane ? pane.options.set(given.option) : noPane;
		},
		'set-link'({scene: name, direction, conditions, isUntold}) {
			const scene = scenes.get(name);
			scene?.setLink(direction, conditions, isUntold);
			return scene ? undefined : noPane;
		},
		'tell-changes'() {
			for (const scene of scenes.all) {
				scene.tell();
			}

			return undefined;
		},
		'lose-next'({scene: name, direction}) {
			const scene = scenes.get(name);
			return scene ? scene.loseNext(direction) : noPane;
		},
		'set-seed'({seed}) {
			scenes.reseed(seed);
			return undefined;
		},
		act: async given => executeAct(given, scenes),
		'start-series': async given => onClient(given, async client => client.startSeries(given.series)),
		'stop-series': async given => onClient(given, client => client.stopSeries()),
		'send-file': onFiles,
		'receive-file': onFiles,
		'stop-file': onFiles,
		'send-messages': onMessages,
		'stop-messages': onMessages,
		'start-experiment': async ({experiment}) => laboratory.start(experiment).then(() => undefined),
		'end-experiment': async () => laboratory.end().then(() => undefined),
		'start-exercise': startExercise,
		'end-exercise': async () => laboratory.end().then(() => undefined),
		'start-lesson': onLesson,
		'leave-lesson': onLesson,
		'lesson-hint': onLesson,
		'lesson-predict': onLesson,
		'lesson-back': onLesson,
		'lesson-again': onLesson,
		'lesson-next': onLesson,
		'reset-lesson-scene': onLesson,
		'note-screen': onLesson,
		'half-close-connection': async given => onConnection(given, connection => {
			connection.halfClose();
		}),
		'close-connection': async given => onConnection(given, (connection, pane) => {
			connection.close();
			pane.unchoose(given.connection);
		}),
		'remove-client': async given => onClient(given, async (client, scene) => scene.removeClient(client).then(() => undefined)),
		'reopen-client': async given => onClient(given, async client => client.open()),
		'close-client': async given => onClient(given, async client => client.close().then(() => undefined)),
		'half-close-client': async given => onClient(given, ({client}) =>
			client.protocol === 'tcp' ? client.halfClose() : {reason: 'not-open'}),
		'set-destination': async given => onClient(given, client => {
			client.setDestination(given.destination);
			return undefined;
		}),
		send: async given => onClient(given, async client => client.send(given.bytes)),
	});
}
