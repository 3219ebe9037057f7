/** The fields of a member of a union that has none but its type. */
export type NoFields = unknown;

/** A union from the fields of each of its members, by their types; `Tag` is the field that has the type. */
export type TypedUnion<Fields, Tag extends string = 'type'> = {
	[Type in keyof Fields]: Readonly<Record<Tag, Type> & Fields[Type]>
}[keyof Fields];

/** The members of a union whose `Tag` may be this. */
type Member<Union, Tag extends string, Value>
	= Union extends Readonly<Record<Tag, infer Own>> ? (Value extends Own ? Union : never) : never;

/** A function for each value of a union's tag: the compiler asks for those that are missing. */
type ByTag<Tag extends string, Union extends Readonly<Record<Tag, string>>, Result> = {
	readonly [Value in Union[Tag]]: (value: Member<Union, Tag, Value>) => Result;
};

/** The result of the function for a value's tag. */
export function byTag<Tag extends string, Union extends Readonly<Record<Tag, string>>, Result>(
	tag: Tag,
	value: Union,
	functions: ByTag<Tag, Union, Result>,
): Result {
	// The function is the one for the value's own tag.
	return functions[value[tag]](value as never);
}

/** The result of the function for a value's type. */
export function byType<Union extends {readonly type: string}, Result>(
	value: Union,
	functions: ByTag<'type', Union, Result>,
): Result {
	return byTag('type', value, functions);
}
