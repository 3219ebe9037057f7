/** The oldest version of Node that the program runs on, and the exit code where Node is older. */
export const oldestNode = {major: 22, exitCode: 2};

/** One line that says which version of Node is needed, or undefined where this one will do. */
export function versionProblem(version: string): string | undefined {
	return Number(version.split('.')[0]) >= oldestNode.major
		? undefined
		: `socket-playground needs Node ${oldestNode.major} or newer; this is Node ${version}\n`;
}
