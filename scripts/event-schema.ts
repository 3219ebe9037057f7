/* JSON lines as a JSON Schema: read from the types of source/headless/json-line.ts, and so from the event kinds. */
import path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '..');

/** A part of a JSON Schema (draft 2020-12). */
export type Schema = {
	readonly description?: string;
	readonly $ref?: string;
	readonly type?: string;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly anyOf?: readonly Schema[];
	readonly items?: Schema;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
	readonly additionalProperties?: false;
};

/** The schema of one kind of line. */
export type LineSchema = Schema & Required<Pick<Schema, 'properties' | 'required'>>;

/** Reads types as schemas. */
class Reader {
	/** The parts that have a name of their own, by it. */
	readonly parts = new Map<string, Schema>();
	readonly #checker: ts.TypeChecker;
	readonly #at: ts.Node;

	constructor(checker: ts.TypeChecker, at: ts.Node) {
		this.#checker = checker;
		this.#at = at;
	}

	/** The schemas of a type's members, where it is a union. */
	members(type: ts.Type): Schema[] {
		return (type.isUnion() ? type.types : [type]).map(member => this.#whole(member));
	}

	/** A type that has a name is a reference to it, unless it is one value or one of several. */
	#read(type: ts.Type): Schema {
		const name = type.aliasSymbol?.name;
		const schema = (name === undefined ? undefined : this.parts.get(name)) ?? this.#whole(type);
		if (name === undefined || !(schema.properties ?? schema.anyOf)) {
			return schema;
		}

		this.parts.set(name, schema);
		return {$ref: `#/$defs/${name}`};
	}

	#whole(type: ts.Type): Schema {
		if (type.isStringLiteral() || type.isNumberLiteral()) {
			return {const: type.value};
		}

		if (type.isUnion()) {
			return this.#union(type.types);
		}

		if (type.flags & ts.TypeFlags.String) {
			return {type: 'string'};
		}

		if (type.flags & ts.TypeFlags.Number) {
			return {type: 'number'};
		}

		if (type.flags & ts.TypeFlags.Null) {
			return {type: 'null'};
		}

		if (type.flags & ts.TypeFlags.BooleanLiteral) {
			return {const: this.#checker.typeToString(type) === 'true'};
		}

		const item = this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number);
		return item ? {type: 'array', items: this.#read(item)} : this.#object(type);
	}

	#union(types: readonly ts.Type[]): Schema {
		const schemas = types.filter(({flags}) => !(flags & ts.TypeFlags.Undefined)).map(type => this.#read(type));
		// The compiler has them in the order in which it met them.
		const constants = schemas.filter(schema => 'const' in schema).map(schema => schema.const)
			.toSorted((a, b) => String(a).localeCompare(String(b), 'en'));
		const others = schemas.filter(schema => !('const' in schema));
		const isBoolean = constants.includes(true) && constants.includes(false);
		const values = isBoolean ? constants.filter(value => typeof value !== 'boolean') : constants;
		const all = [
			...(isBoolean ? [{type: 'boolean'}] : []),
			...(values.length === 1 ? [{const: values[0]}] : (values.length > 1 ? [{enum: values}] : [])),
			...others,
		];
		return all.length === 1 ? all[0]! : {anyOf: all};
	}

	#object(type: ts.Type): LineSchema {
		const fields = this.#checker.getPropertiesOfType(type);
		const properties = fields.map(field => {
			const schema = this.#read(this.#checker.getTypeOfSymbolAtLocation(field, this.#at));
			const description = descriptionOf(field, this.#checker);
			return [field.name, {...(description !== '' && {description}), ...schema}] as const;
		});
		const required = fields.filter(field =>
			!(field.flags & ts.SymbolFlags.Optional) && !this.#mayBeUndefined(field)).map(({name}) => name);
		return {
			type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false,
		};
	}

	/** A field that is undefined is not in JSON. */
	#mayBeUndefined(field: ts.Symbol): boolean {
		const type = this.#checker.getTypeOfSymbolAtLocation(field, this.#at);
		return type.isUnion() && type.types.some(({flags}) => flags & ts.TypeFlags.Undefined);
	}
}

/** What the type `EventFields` says of each kind of event, by its name. */
function eventDescriptions(program: ts.Program): ReadonlyMap<unknown, string> {
	const checker = program.getTypeChecker();
	const fields = program.getSourceFile(path.join(root, 'source/log/event.ts'))?.statements.find(node =>
		ts.isTypeAliasDeclaration(node) && node.name.text === 'EventFields') as ts.TypeAliasDeclaration;
	return new Map(checker.getTypeAtLocation(fields.name).getProperties().map(field =>
		[field.name, descriptionOf(field, checker)]));
}

function descriptionOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
	return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll('\n', ' ');
}

/** The schemas of all kinds of lines, in the order of their types, and of the parts that they refer to. */
export function readSchemas(): {readonly lines: readonly LineSchema[]; readonly parts: ReadonlyMap<string, Schema>} {
	const file = path.join(root, 'source/headless/json-line.ts');
	const {config} = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile) as {
		readonly config: {readonly compilerOptions: unknown};
	};
	const {options} = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
	const program = ts.createProgram([file], {...options, noEmit: true});
	const checker = program.getTypeChecker();
	const source = program.getSourceFile(file);
	const statement = source?.statements.find((node): node is ts.TypeAliasDeclaration =>
		ts.isTypeAliasDeclaration(node) && node.name.text === 'JsonLine');
	if (!statement) {
		throw new Error('source/headless/json-line.ts has no type JsonLine');
	}

	const type = checker.getTypeAtLocation(statement.name);
	const reader = new Reader(checker, statement);
	const descriptions = eventDescriptions(program);
	const lines = (reader.members(type) as LineSchema[]).map(line => {
		const description = descriptions.get(line.properties.type?.const) ?? '';
		return {...(description !== '' && {description}), ...line};
	});
	return {lines, parts: reader.parts};
}

/** The JSON Schema of a line: one of several kinds, told apart by `type`. */
export function schemaText({lines, parts}: ReturnType<typeof readSchemas>): string {
	const schema = {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		title: 'A line of socket-playground serve, send or relay, with --json',
		oneOf: lines,
		$defs: Object.fromEntries(parts),
	};
	return `${JSON.stringify(schema, undefined, '\t')}\n`;
}
