import type {ExperimentName} from '../api/experiment.ts';
import {addressInUse, permissionDenied} from './binding.ts';
import {
	emptyDatagram, messageTooLong, noReader, truncatedCharacter,
} from './data.ts';
import {
	brokenPipe, halfClosed, resetOrEnd, serverStops, timeWait,
} from './ending.ts';
import type {Experiment} from './experiment.ts';
import {
	tcpRefused, timeout, udpConnectedRefused, udpRefused, unknownHost,
} from './unreachable.ts';

const all: readonly Experiment[] = [
	tcpRefused,
	udpRefused,
	udpConnectedRefused,
	unknownHost,
	timeout,
	addressInUse,
	permissionDenied,
	resetOrEnd,
	halfClosed,
	brokenPipe,
	serverStops,
	timeWait,
	messageTooLong,
	emptyDatagram,
	truncatedCharacter,
	noReader,
];

export const experiments = new Map<ExperimentName, Experiment>(all.map(experiment => [experiment.name, experiment]));
