import {stripVTControlCharacters} from 'node:util';
import type {ExecutionContext} from 'ava';
import type {SceneView} from '../../source/engine/api/scene-view.ts';
import type {Address, Protocol} from '../../source/log/event.ts';
import type {ScreenState} from '../../source/screen/state/screen-state.ts';
import type {Words} from '../../source/screen/words/words.ts';
import {Desk} from './desk.ts';
import {drawApp} from './draw-app.ts';

type DeskOptions = {
	readonly protocol: Protocol;
	readonly target: Address;
	readonly columns: number;
	readonly rows: number;
	readonly words: Words;
};

/** A desk with a relay: frames are drawn when they are asked for. */
export class RelayDesk extends Desk {
	readonly #words: Words;
	/** The frame that was drawn last, and of what. */
	#drawn: {readonly state: ScreenState; readonly frame: string} | undefined;

	constructor({target, ...screen}: DeskOptions) {
		super({...screen, loadLessons: async () => []}, {relay: {target, silence: 60_000}});
		this.#words = screen.words;
	}

	get scene(): SceneView | undefined {
		return this.state.scenes[this.state.protocol];
	}

	/** Where clients send to. */
	get address(): Address {
		const state = this.scene?.server?.state;
		return state?.type === 'open' ? state.local : {host: '', port: 0};
	}

	/** The whole screen, without styles. */
	get frame(): string {
		const {state} = this;
		if (this.#drawn?.state !== state) {
			this.#drawn = {state, frame: stripVTControlCharacters(drawApp(state, this.#words))};
		}

		return this.#drawn.frame;
	}

	/** Wait until something of the frame is as wanted. */
	async shows(...texts: readonly string[]): Promise<string> {
		return this.until(() => {
			const {frame} = this;
			return texts.every(text => frame.includes(text)) ? frame : undefined;
		}, texts.join(' and '));
	}
}

/** A desk with an open relay, closed with the test. */
export async function openRelayDesk(t: ExecutionContext, options: DeskOptions): Promise<RelayDesk> {
	const desk = new RelayDesk(options);
	t.teardown(async () => desk.close());
	await desk.until(() => desk.address.port > 0, 'an open relay');
	await desk.settle();
	return desk;
}
