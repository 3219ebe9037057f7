import type {ExecutionContext} from 'ava';
import type {ExperimentName, ExperimentView} from '../../source/engine/api/experiment.ts';
import type {Protocol, SocketEvent} from '../../source/log/event.ts';
import {type OpenThings, openThings, openThingsAfter} from './open-sockets.ts';
import {PlaygroundRoom} from './playground-room.ts';

/** What happened to each socket of an experiment, by its pane and its number: types, with the code of a failure. */
export type Story = Readonly<Record<string, readonly string[]>>;

const protocols: readonly Protocol[] = ['udp', 'tcp'];

/** A playground with the user's two scenes open, each with a client, and experiments that do not pause. */
export class LaboratoryRoom extends PlaygroundRoom {
	static async open(t: ExecutionContext): Promise<LaboratoryRoom> {
		// One of the experiments fills all buffers, and all of its events are looked at.
		const room = new LaboratoryRoom({clients: 1, limits: {}}, {step: 0, timeout: 1000});
		t.teardown(async () => room.playground.close());
		for (const protocol of protocols) {
			await room.playground.execute({type: 'open-scene', protocol});
			await room.send(room.client(protocol).pane, 'before');
			await room.until(() => room.client(protocol).received.bytes === 6, 'an answer');
		}

		room.#before = await openThings();
		room.#eventsBefore = room.playground.log.next;
		return room;
	}

	/** What was open, and how much had happened, before the first experiment. */
	#before: OpenThings = {sockets: 0, running: []};
	#eventsBefore = 0;
	#panes = new Map<number, string>();

	/** How the experiment stands. */
	get experiment(): ExperimentView {
		const {experiment, server, clients} = this.scene('laboratory');
		if (!experiment) {
			throw new Error('No experiment');
		}

		this.#panes = new Map([
			...(server ? [[server.pane, 'server'] as const] : []),
			...clients.map(({pane, number}) => [pane, `client ${number}`] as const),
		]);
		return experiment;
	}

	/** Whether no experiment is set up. */
	get isEmpty(): boolean {
		return this.playground.view({type: 'scene', scene: 'laboratory', peers: 10}) === undefined;
	}

	/** What has happened since the room was opened. */
	get news(): SocketEvent[] {
		return this.eventsFrom(this.#eventsBefore);
	}

	/** How many of these there are. */
	get newsCount(): number {
		const {first, next} = this.playground.log;
		return next - Math.max(first, this.#eventsBefore);
	}

	/**
	What has happened in the panes of the experiment that was looked at last. Of a row of the same events there is one.
	*/
	get story(): Story {
		const story: Record<string, string[]> = {};
		for (const event of this.news) {
			const pane = this.#panes.get(event.pane);
			if (pane !== undefined) {
				const socket = event.socket === 0 ? pane : `${pane} #${event.socket}`;
				const steps = story[socket] ?? [];
				story[socket] = steps;
				const step = 'failure' in event ? `${event.type} ${event.failure.code}` : event.type;
				if (!step.startsWith('chunk') || steps.at(-1) !== step) {
					steps.push(step);
				}
			}
		}

		return story;
	}

	/** Carry out an experiment, all its steps. */
	async run(experiment: ExperimentName): Promise<ExperimentView> {
		await this.playground.execute({type: 'start-experiment', experiment});
		return this.experiment;
	}

	async end(): Promise<void> {
		await this.playground.execute({type: 'end-experiment'});
	}

	/**
	Asserts that everything is as it was before: no scene, socket, thread or timer is left, and the user's own sockets
	work as they did.
	*/
	async assertClean(t: ExecutionContext): Promise<void> {
		t.true(this.isEmpty);
		t.deepEqual(await openThingsAfter(this.#before), this.#before);
		for (const protocol of protocols) {
			const {pane, received, state} = this.client(protocol);
			const server = this.server(protocol);
			t.deepEqual(this.news.filter(event => event.pane === pane || event.pane === server.pane), []);
			t.is(state.type, protocol === 'udp' ? 'bound' : 'connected');
			t.is(received.bytes, 6);
		}
	}

	/** Asserts that the user's own clients are still answered. */
	async assertAnswered(t: ExecutionContext): Promise<void> {
		for (const protocol of protocols) {
			const {pane, received} = this.client(protocol);
			await this.send(pane, 'after');
			t.true(await this.until(() => this.client(protocol).received.bytes === received.bytes + 5, 'an answer'));
		}
	}
}
