// What inputs do to rows: members that are given replace, an empty text takes away.

/** Members of `input` that are given, without the names of what is changed. */
export function given<Input extends object, Name extends keyof Input>(
  input: Input,
  ...without: readonly Name[]
): Partial<Omit<Input, Name>> {
  const names: readonly unknown[] = without;
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => value !== undefined && !names.includes(name)),
  ) as Partial<Omit<Input, Name>>;
}

export function changed<Row extends object>(row: Row, changes: object): Row {
  const merged = { ...row, ...changes } as Record<string, unknown>;
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== "")) as Row;
}

/** Maps that are changed entry by entry: an empty text takes an entry away. */
export function merged<Value>(
  before: Readonly<Record<string, Value>> | undefined,
  changes: Readonly<Record<string, Value>> | undefined,
): Readonly<Record<string, Value>> | undefined {
  if (changes === undefined) return before;
  const entries = Object.entries({ ...before, ...changes });
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
