/** The fields of a member of a union that has none but its type. */
export type NoFields = unknown;

/** A union from the fields of each of its members, by their types; `Tag` is the field that has the type. */
export type TypedUnion<Fields, Tag extends string = 'type'> = {
	[Type in keyof Fields]: Readonly<Record<Tag, Type> & Fields[Type]>
}[keyof Fields];

/** The members of a union that may have this type. */
type Member<Union, Type> = Union extends {readonly type: infer Own} ? (Type extends Own ? Union : never) : never;

/** A function for each type of a union: the compiler asks for those that are missing. */
type ByType<Union extends {readonly type: string}, Result> = {
	readonly [Type in Union['type']]: (value: Member<Union, Type>) => Result;
};

/** The result of the function for a value's type. */
export function byType<Union extends {readonly type: string}, Result>(
	value: Union,
	functions: ByType<Union, Result>,
): Result {
	// The function is the one for the value's own type.
	return functions[value.type as Union['type']](value as never);
}
