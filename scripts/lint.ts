/*
Checks the types of all modules, as tsc(1) does, and then has the linter look at them with what the compiler has found
out by then: one after the other by themselves, both would work out all types. Nearly all of that is kept until the end:
package.json gives it so much heap from the start that it is not marked again and again while it grows. `npm exec xo` is
for single files, and for --fix.
*/
import ts from 'typescript';
import Xo from 'xo';

const reported: ts.FormatDiagnosticsHost = {
	getCurrentDirectory: () => process.cwd(),
	getCanonicalFileName: name => name,
	getNewLine: () => '\n',
};

/** The program of tsconfig.json; nothing where it has errors, which are written. */
function checkedProgram(): ts.Program | undefined {
	const {options, fileNames, errors} = ts.getParsedCommandLineOfConfigFile('tsconfig.json', {}, {
		...ts.sys,
		onUnRecoverableConfigFileDiagnostic(diagnostic) {
			throw new Error(ts.formatDiagnostic(diagnostic, reported));
		},
	})!;
	const program = ts.createProgram(fileNames, options);
	const found = [...errors, ...ts.getPreEmitDiagnostics(program)];
	if (found.length === 0) {
		return program;
	}

	process.stdout.write(ts.formatDiagnosticsWithColorAndContext(found, reported));
	return undefined;
}

/** Writes what the linter has to say. @returns whether nothing of it is an error */
async function lint(program: ts.Program): Promise<boolean> {
	// The linter's cache has its settings in JSON.
	const settings = Object.assign(program, {toJSON: () => 'the program of tsconfig.json'});
	const xo = new Xo(
		{cwd: process.cwd(), ts: true},
		// @ts-expect-error -- It hands on all of ESLint's options.
		{languageOptions: {parserOptions: {projectService: false, programs: [settings]}}},
	);
	const {results, errorCount} = await xo.lintFiles([]);
	const formatter = await xo.getFormatter('stylish');
	process.stdout.write(await formatter.format(results, {}));
	return errorCount === 0;
}

const program = checkedProgram();
process.exitCode = program && await lint(program) ? 0 : 1;
