import type {Command, SceneName} from '../../engine/api/command.ts';

/**
A command as it is meant in a scene: what names a server or a connection only by its protocol means the laboratory's,
where that is shown.
*/
export function inScene(command: Command, scene: SceneName): Command {
	switch (command.type) {
		case 'open-server':
		case 'stop-server':
		case 'move-server':
		case 'set-holding':
		case 'edit-held':
		case 'drop-held':
		case 'release-held':
		case 'read-held':
		case 'set-rule':
		case 'set-close-after-reply':
		case 'choose-peer':
		case 'send-from-server':
		case 'open-client':
		case 'half-close-connection':
		case 'close-connection':
		case 'act': {
			return scene === 'laboratory' && command.scene === undefined ? {...command, scene} : command;
		}

		default: {
			return command;
		}
	}
}
