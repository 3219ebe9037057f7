import type {ExerciseName} from '../api/exercise.ts';
import type {Exercise} from './exercise.ts';
import {tcpChatServer} from './tcp/tcp-chat-server.ts';
import {tcpUppercaseClient} from './tcp/tcp-uppercase-client.ts';
import {tcpUppercaseServer} from './tcp/tcp-uppercase-server.ts';
import {udpUppercaseClient} from './udp/udp-client.ts';
import {udpPingerClient} from './udp/udp-pinger.ts';
import {udpEchoServer, udpUppercaseServer} from './udp/udp-servers.ts';

const all: readonly Exercise[] = [
	udpUppercaseServer,
	udpUppercaseClient,
	udpEchoServer,
	udpPingerClient,
	tcpUppercaseServer,
	tcpUppercaseClient,
	tcpChatServer,
];

export const exercises: ReadonlyMap<ExerciseName, Exercise>
	= new Map(all.map(exercise => [exercise.name, exercise]));
