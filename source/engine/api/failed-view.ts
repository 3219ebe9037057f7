/* What is answered where an answer failed. */
import type {PaneId} from '../../log/event.ts';
import type {SceneName} from './command.ts';

/** Where an answer is shown: in a pane, in what is drawn over the panes, or everywhere, as a scene is. */
export type ViewPlace = PaneId | SceneName | 'flow' | 'payload';

/** An answer that failed, by an error of the program: the next one may succeed. */
export type FailedView = {readonly type: 'failed'; readonly place: ViewPlace; readonly message: string};
