import type {LessonLanguage} from '../../lessons/lesson.ts';
import type {Refusal} from '../api/command.ts';
import type {
	LessonCommand, LessonQuery, LessonReportQuery, LessonReportView, LessonView,
} from '../api/lesson.ts';
import type {View} from '../api/view.ts';

/** The lesson that is open, and the progress of all. */
export class LessonRoom {
	/** Something that is the same for as long as the views are. */
	get revision(): string {
		return '';
	}

	/** Carry out a command. */
	async execute({type}: LessonCommand): Promise<Refusal | undefined> {
		return type === 'note-screen' ? undefined : {reason: 'no-lesson'};
	}

	/** Answer a query from the present state. An error is an answer, too. */
	view(query: LessonQuery | LessonReportQuery): View {
		try {
			return query.type === 'lesson' ? this.#view(query.language) : this.#report(query.language);
		} catch (error) {
			return {type: 'failed', place: query.type, message: String(error)};
		}
	}

	#view(_language: LessonLanguage): LessonView {
		return {
			type: 'lesson', run: undefined, progress: {}, problem: undefined,
		};
	}

	#report(_language: LessonLanguage): LessonReportView {
		return {type: 'lesson-report', report: undefined};
	}
}
