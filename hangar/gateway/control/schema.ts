// The part of JSON Schema that our own routes speak: checks a body, and stands in the OpenAPI file as it is.

export type Schema = {
  readonly type?: TypeName | readonly TypeName[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
};

type TypeName = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

/** An object with these members and no other; those whose names end in `?` may be absent. */
export function members(facts: Readonly<Record<string, Schema>>, description?: string): Schema {
  const names = Object.keys(facts);
  const required = names.filter((name) => !name.endsWith("?"));
  return {
    type: "object",
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(Object.entries(facts).map(([name, schema]) => [name.replace(/\?$/, ""), schema])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

export function listOf(items: Schema, description?: string): Schema {
  return { type: "array", ...(description === undefined ? {} : { description }), items };
}

export function mapOf(values: Schema, description?: string): Schema {
  return { type: "object", ...(description === undefined ? {} : { description }), additionalProperties: values };
}

export function string(description: string, ...examples: readonly string[]): Schema {
  return { type: "string", description, ...(examples.length === 0 ? {} : { examples }) };
}

/** What is wrong with a value, in one sentence that names the member; undefined when nothing is. */
export function wrongIn(value: unknown, schema: Schema, name = ""): string | undefined {
  const what = name === "" ? "The body" : name;
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOf(value, type)))
    return `${what} is ${types.map((type) => WORDS[type]).join(" or ")}, not ${shown(value)}.`;
  if (schema.enum !== undefined && !schema.enum.includes(value as string))
    return `${what} is one of ${schema.enum.join(", ")}, not ${shown(value)}.`;
  if (typeof value === "string") return wrongText(value, schema, what);
  if (Array.isArray(value) && schema.items !== undefined) {
    const { items } = schema;
    return first(value, (item, index) => wrongIn(item, items, `${name}[${index}]`));
  }
  return isOf(value, "object") ? wrongMember(value as object, schema, name) : undefined;
}

function wrongText(value: string, schema: Schema, what: string): string | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  if (value.length < minLength || value.length > maxLength)
    return `${what} has ${minLength} to ${maxLength} characters, not ${value.length}.`;
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    return `${what} must match ${pattern}: ${shown(value)} does not.`;
  return undefined;
}

function wrongMember(value: object, schema: Schema, name: string): string | undefined {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const missing = required.find((member) => !Object.hasOwn(value, member));
  if (missing !== undefined) return `${pathOf(name, missing)} is missing.`;
  return first(Object.entries(value), ([member, each]) => {
    const known = Object.hasOwn(properties, member) ? properties[member] : undefined;
    if (known !== undefined) return wrongIn(each, known, pathOf(name, member));
    if (additionalProperties === false) {
      const names = Object.keys(properties).join(", ") || "nothing";
      return `${pathOf(name, member)} means nothing here. It takes: ${names}.`;
    }
    return additionalProperties === true ? undefined : wrongIn(each, additionalProperties, pathOf(name, member));
  });
}

function first<Item>(
  items: readonly Item[],
  ask: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = ask(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

const WORDS: Readonly<Record<TypeName, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "a JSON object",
  array: "a list",
  null: "null",
};

function isOf(value: unknown, type: TypeName): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function pathOf(name: string, member: string): string {
  return name === "" ? member : `${name}.${member}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
