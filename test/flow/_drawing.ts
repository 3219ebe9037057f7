import type {ExecutionContext} from 'ava';
import stringWidth from 'string-width';
import type {SocketEvent} from '../../source/log/event.ts';
import {drawFlow, type DrawnFlow} from '../../source/flow/drawing/terminal.ts';
import type {FlowScene} from '../../source/flow/step.ts';
import {flowOf, textOf, words} from './_scenes.ts';

/** Draw the events of a scene. */
export function draw(events: readonly SocketEvent[], scene: FlowScene, columns: number, focus?: string): DrawnFlow {
	const {steps, lanes} = flowOf(events, scene);
	return drawFlow({steps, lanes}, {words, columns, focus});
}

/** Every line has exactly this many columns. */
export function isExact(t: ExecutionContext, {header, lines}: DrawnFlow, columns: number): void {
	for (const line of [...header, ...lines]) {
		t.is(stringWidth(textOf(line)), columns, textOf(line));
	}
}

