import type {ExerciseName} from '../api/exercise.ts';
import type {Exercise} from './exercise.ts';
import {udpEchoServer} from './udp-servers.ts';

const all: readonly Exercise[] = [
	udpEchoServer,
];

/** Every exercise by its name. */
export const exercises: ReadonlyMap<ExerciseName, Exercise>
	= new Map(all.map(exercise => [exercise.name, exercise]));
