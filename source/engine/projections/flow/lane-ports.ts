import type {Address, SocketEvent} from '../../events/event.ts';
import {
	clientLane, type FlowLaneId, type FlowScene, type LaneFinder, serverLane,
} from './flow-scene.ts';

/** The ports that the lanes of our own sockets have had, as far as the events that are met tell: newest event first. */
export class LanePorts {
	readonly #laneOf: LaneFinder;
	readonly #now: ReadonlyMap<FlowLaneId, Address | undefined>;
	/** The newest first. */
	readonly #local = new Map<FlowLaneId, Set<number>>();
	readonly #peer = new Map<FlowLaneId, number>();

	constructor({server, clients}: FlowScene, laneOf: LaneFinder) {
		this.#laneOf = laneOf;
		this.#now = new Map([[serverLane, server?.local], ...clients.map(({pane, local}) => [clientLane(pane), local] as const)]);
	}

	/** Take note of the next older event. */
	note(event: SocketEvent, lane: FlowLaneId): void {
		if ('local' in event && event.local && !('failure' in event)) {
			this.#add(lane, event.local);
		}

		if ('peer' in event && event.peer) {
			if (!this.#peer.has(lane)) {
				this.#peer.set(lane, event.peer.port);
			}

			// What is exchanged with another socket of ours tells that one's port.
			const far = 'far' in event && event.far ? this.#laneOf(event.far) : undefined;
			if (far !== undefined) {
				this.#add(far, event.peer);
			}
		}
	}

	/**
	A lane's own ports, oldest first. Where no event tells any, it is the one that the scene says: had it got that one among these
	events, one of them would tell.
	*/
	localOf(lane: FlowLaneId): readonly number[] {
		const ports = this.#local.get(lane);
		const now = this.#now.get(lane);
		return ports ? [...ports].toReversed() : (now ? [now.port] : []);
	}

	/** The port at the far end. */
	peerOf(lane: FlowLaneId): number | undefined {
		return this.#peer.get(lane);
	}

	#add(lane: FlowLaneId, {port}: Address): void {
		const ports = this.#local.get(lane);
		if (ports) {
			ports.add(port);
		} else {
			this.#local.set(lane, new Set([port]));
		}
	}
}
