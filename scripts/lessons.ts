/* Write docs/lessons.md: the built-in lessons, and which steps teach each statement of the chapter. */
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {loadLessons} from '../source/lessons/chapter.ts';
import type {Lesson, LessonText} from '../source/lessons/lesson.ts';
import {statements} from '../source/lessons/parse-lesson.ts';
import {keyBindings, keyOf} from '../source/screen/input/keys.ts';
import {lessonVocabulary} from '../source/screen/input/vocabulary.ts';

const file = path.join(import.meta.dirname, '../docs/lessons.md');

/** The most columns of a line of prose in the repository. */
const maxColumns = 120;

/** The statements of the chapter in a few words each. */
const statementTexts: Readonly<Record<string, string>> = {
	G1: 'A socket is the interface between application and transport layer.',
	G2: 'There are two transports, UDP and TCP.',
	U1: 'UDP has no connection and no handshake.',
	U2: 'Datagrams are independent of each other.',
	U3: 'Datagrams get lost and reordered.',
	U4: 'A datagram is a group of bytes, delivered unreliably.',
	U5: 'The client attaches the destination\'s address and port to each datagram.',
	U6: 'The OS picks the client\'s port; it travels in the datagram.',
	U7: 'The server\'s port is known.',
	U8: 'The server extracts the client\'s address and port.',
	U9: 'The server runs first.',
	U10: 'SOCK_DGRAM, AF_INET.',
	U11: 'The client gets the modified message, and the server\'s address.',
	U12: 'The server binds explicitly.',
	U13: 'The server receives, transforms and sends, for ever.',
	T1: 'TCP is a reliable, ordered byte stream.',
	T2: 'The server runs first.',
	T3: 'The server has a welcoming socket.',
	T4: 'The client connects to host and port, with a handshake.',
	T5: 'Each client gets a connection socket of its own, many at once.',
	T6: 'No address is needed afterwards.',
	T7: 'Arbitrary bytes go through a pipe.',
	T8: 'Request and answer go over client socket and connection socket.',
	T9: 'Both sockets are closed.',
	T10: 'SOCK_STREAM.',
	T11: 'The OS picks the client\'s port.',
	T12: 'The server extracts no address.',
	T13: 'bind(), listen(), accept(); the connection socket only needs data.',
	T14: 'The connection socket\'s port is the welcoming socket\'s; clients need to know no other.',
	T15: 'The connection socket is closed after the answer, or kept for more.',
};

/** The page on the built-in lessons. */
export async function lessonsPage(): Promise<string> {
	const lessons = await loadLessons(lessonVocabulary);
	return [
		'# The lessons',
		'',
		...wrapped('Written by `npm run lessons` from the files in `source/lessons/chapter/`. `socket-playground learn` lists them,'
			+ ' `socket-playground learn udp` opens one by its name; in the screen `g` does. [lesson-format.md](lesson-format.md)'
			+ ' tells how to write one.'),
		'',
		'## Who teaches what',
		'',
		'Each statement of the textbook\'s socket chapter, and the steps that teach it.',
		'',
		'| statement | | steps |',
		'| --- | --- | --- |',
		...statements.map(id => `| ${id} | ${statementTexts[id]} | ${stepsOf(id, lessons).join(', ')} |`),
		...lessons.flatMap((lesson, index) => ['', ...lessonPart(lesson, index + 1)]),
		'',
	].join('\n');
}

/** The steps that teach a statement, as lesson and number. */
function stepsOf(statement: string, lessons: readonly Lesson[]): string[] {
	return lessons.flatMap(({id, steps}) =>
		steps.flatMap(({teaches}, index) => teaches.includes(statement) ? [`${id} ${index + 1}`] : []));
}

function lessonPart({id, title, steps}: Lesson, number: number): string[] {
	return [
		`## ${number}. ${title.en} (\`${id}\`)`,
		'',
		`Korean: ${title.ko}.`,
		'',
		...steps.flatMap(({text, teaches}, index) => stepLines(`${index + 1}. `, [...linesOf(text), `(${teaches.join(', ')})`])),
	];
}

/** One entry of a list. A picture, which has lines of its own, is a block of code. */
function stepLines(mark: string, paragraphs: readonly string[]): string[] {
	const indent = ' '.repeat(mark.length);
	const prose = wrapped(paragraphs.slice(-2).join(' '), maxColumns - mark.length);
	const picture = paragraphs.slice(0, -2);
	const lines = picture.length === 0 ? prose : ['```', ...picture, '```', ...prose];
	return lines.map((line, index) => `${index === 0 ? mark : indent}${line}`);
}

/** A text in English as lines, its keys as they are pressed. */
function linesOf({en = []}: LessonText): string[] {
	const text = en.map(part => {
		const binding = part.type === 'key' ? keyBindings.find(({id}) => id === part.key) : undefined;
		return binding ? `\`${keyOf(binding)}\`` : (part.type === 'text' ? part.text : '…');
	});
	return text.join('').split('\n');
}

/** A text in lines of limited width. */
function wrapped(text: string, columns = maxColumns): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!;
		if (line === '') {
			lines[lines.length - 1] = word;
		} else if (line.length + 1 + word.length <= columns) {
			lines[lines.length - 1] = `${line} ${word}`;
		} else {
			lines.push(word);
		}
	}

	return lines;
}

if (process.argv[1] === import.meta.filename) {
	await writeFile(file, await lessonsPage());
}
