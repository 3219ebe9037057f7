import type {ExperimentName} from '../door/command.ts';
import {addressInUse} from './address-in-use.ts';
import {brokenPipe} from './broken-pipe.ts';
import {emptyDatagram} from './empty-datagram.ts';
import type {Experiment} from './experiment.ts';
import {halfClose} from './half-close.ts';
import {messageTooLong} from './message-too-long.ts';
import {noReader} from './no-reader.ts';
import {permissionDenied} from './permission-denied.ts';
import {resetOrEnd} from './reset-or-end.ts';
import {serverStops} from './server-stops.ts';
import {tcpRefused} from './tcp-refused.ts';
import {timeWait} from './time-wait.ts';
import {timeout} from './timeout.ts';
import {truncatedCharacter} from './truncated-character.ts';
import {udpConnectedRefused, udpRefused} from './udp-refused.ts';
import {unknownHost} from './unknown-host.ts';

/** Every experiment by its name, in the order in which they are listed. */
export const experiments: Readonly<Record<ExperimentName, Experiment>> = {
	'tcp-refused': tcpRefused,
	'udp-refused': udpRefused,
	'udp-connected-refused': udpConnectedRefused,
	'address-in-use': addressInUse,
	'permission-denied': permissionDenied,
	'unknown-host': unknownHost,
	timeout,
	'reset-or-end': resetOrEnd,
	'half-close': halfClose,
	'broken-pipe': brokenPipe,
	'message-too-long': messageTooLong,
	'empty-datagram': emptyDatagram,
	'server-stops': serverStops,
	'time-wait': timeWait,
	'truncated-character': truncatedCharacter,
	'no-reader': noReader,
};
