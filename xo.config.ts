import type {FlatXoConfig} from 'xo';

/** The rules for tests on ava. They look through all files, and find something where a file has ava's test() only. */
const avaRules = [
	'assertion-arguments',
	'hooks-order',
	'no-async-fn-without-await',
	'no-commented-tests',
	'no-conditional-assertion',
	'no-duplicate-hooks',
	'no-identical-title',
	'no-ignored-test-files',
	'no-import-test-files',
	'no-incorrect-deep-equal',
	'no-inline-assertions',
	'no-invalid-modifier-chain',
	'no-negated-assertion',
	'no-nested-assertions',
	'no-nested-tests',
	'no-only-test',
	'no-skip-assert',
	'no-skip-test',
	'no-todo-implementation',
	'no-todo-test',
	'no-useless-t-pass',
	'prefer-async-await',
	'prefer-t-regex',
	'prefer-t-throws',
	'require-assertion',
	'test-title',
	'use-t',
	'use-t-throws-async-well',
	'use-t-well',
	'use-test',
	'use-true-false',
];

const config: FlatXoConfig = [
	{ignores: ['dist/**', 'docs/**']},
	{
		// Few files know React; in all others its rules take a tenth of the linter's time to find nothing.
		files: ['**/*.tsx', '**/use-*.ts'],
		react: true,
		rules: {
			// The compiler sets up JSX by itself.
			'react/react-in-jsx-scope': 'off',
		},
	},
	{
		rules: {
			// These take long: what the first finds, import-x/no-extraneous-dependencies does; there are no polyfills.
			'n/no-extraneous-import': 'off',
			'unicorn/no-unnecessary-polyfills': 'off',
			// The objects here that have a then() are meant to: it is a key of lesson files.
			'unicorn/no-thenable': 'off',
			// It reads no pattern with the flag v, which most here have, and what it finds elsewhere is style.
			'unicorn/better-regex': 'off',
			// There is no document in a terminal: the compiler knows neither its types nor FileReader.
			'unicorn/prefer-blob-reading-methods': 'off',
			'unicorn/prefer-dom-node-append': 'off',
			'unicorn/prefer-dom-node-dataset': 'off',
			'unicorn/prefer-dom-node-remove': 'off',
			'unicorn/prefer-dom-node-text-content': 'off',
			'unicorn/prefer-keyboard-event-key': 'off',
			'unicorn/prefer-modern-dom-apis': 'off',
			'unicorn/prefer-query-selector': 'off',
			// A default that is `never` stops a new member of a union from being forgotten.
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{
					allowDefaultCaseForExhaustiveSwitch: true,
					considerDefaultExhaustiveForUnions: true,
					requireDefaultForNonUnion: true,
				},
			],
			complexity: 'off',
			// Needed where untyped data comes in: worker messages, values that Node itself does not type.
			'@typescript-eslint/no-unsafe-type-assertion': 'off',
			// An empty environment variable counts as none, a false one as false.
			'@typescript-eslint/prefer-nullish-coalescing': 'off',
			// Property names are often given: signals, flags, options of other programs.
			'@typescript-eslint/naming-convention': 'off',
			'unicorn/prefer-event-target': 'off',
			'no-control-regex': 'off',
			'no-misleading-character-class': 'off',
			// Of bytes, an index is what one reads by.
			'unicorn/no-for-loop': 'off',
			// Bytes are bits.
			'no-bitwise': 'off',
			// What is not to be looked at says why.
			'@eslint-community/eslint-comments/require-description': 'error',
			// The globals are the ones that Node itself documents.
			'n/prefer-global/buffer': ['error', 'always'],
			'n/prefer-global/process': ['error', 'always'],
			// Members stand in the order in which they are read.
			'@typescript-eslint/member-ordering': 'off',
			'@typescript-eslint/class-literal-property-style': 'off',
			// A column of a line is a UTF-16 unit here and there, on purpose.
			'unicorn/prefer-code-point': 'off',
			'require-unicode-regexp': 'off',
			'max-params': ['error', {max: 6}],
			// Multiplication binds stronger than addition: everybody knows.
			'@stylistic/no-mixed-operators': 'off',
			// A sentence, a pattern or an address is not broken for its length.
			'@stylistic/max-len': [
				'error',
				{
					code: 120,
					tabWidth: 4,
					ignoreStrings: true,
					ignoreTemplateLiterals: true,
					ignoreRegExpLiterals: true,
					ignoreUrls: true,
					ignorePattern: 'eslint-disable',
				},
			],
		},
	},
	{
		// What the compiler refuses by itself.
		files: ['**/*.ts', '**/*.tsx'],
		rules: {
			'constructor-super': 'off', // TS2377, TS2335
			'getter-return': 'off', // TS2378
			'no-const-assign': 'off', // TS2588
			'no-dupe-keys': 'off', // TS1117
			'no-this-before-super': 'off', // TS17009
			'import-x/namespace': 'off', // TS2339
			'@typescript-eslint/no-redeclare': 'off', // TS2300, TS2451
			'@typescript-eslint/no-unused-private-class-members': 'off', // TS6133
			// There are no namespaces and no enums: TS1294, of erasableSyntaxOnly.
			'@typescript-eslint/no-unnecessary-qualifier': 'off',
			'@typescript-eslint/no-unsafe-enum-comparison': 'off',
		},
	},
	{
		// What a pane shows as its program: in two spaces, in few lines, and with conditions in lowercase comments.
		files: ['source/programs/templates/**/*.mjs'],
		space: 2,
		rules: {
			'capitalized-comments': 'off',
			curly: ['error', 'multi-line'],
			'@stylistic/padding-line-between-statements': 'off',
			'unicorn/numeric-separators-style': 'off',
			'unicorn/no-array-reverse': 'off',
			'unicorn/no-array-callback-reference': 'off',
			// A line tells its calls; a part may be for some panes only.
			'@stylistic/max-len': 'off',
			'unicorn/no-empty-file': 'off',
			// A rule's reply() is called where it is included.
			'no-unused-vars': ['error', {varsIgnorePattern: '^reply$'}],
		},
	},
	{
		// What a rule does in the short form: statements on the message that the server has received.
		files: ['source/programs/templates/short/replies/*.mjs'],
		languageOptions: {globals: {message: 'writable'}},
	},
	{
		ignores: ['test/**'],
		rules: Object.fromEntries(avaRules.map(name => [`ava/${name}`, 'off'])),
	},
	{
		files: ['test/**', 'bench/**', 'soak/**', 'scripts/**'],
		rules: {
			// What a test does comes one after the other.
			'no-await-in-loop': 'off',
			// It takes the longest of all rules. In the program it finds what n/no-deprecated-api does not: members of
			// objects, such as bufferSize of a socket.
			'@typescript-eslint/no-deprecated': 'off',
		},
	},
];

export default config;
