// Writes the TypeScript declarations of one service's inputs, outputs, errors and shapes from its model.
import type { Member, ServiceModel, Shape, SimpleType } from "../../hangar/models/model.ts";

const simple: Readonly<Record<SimpleType, string>> = {
  string: "string",
  blob: "Uint8Array",
  boolean: "boolean",
  integer: "number",
  long: "number",
  float: "number",
  double: "number",
  bigInteger: "bigint",
  bigDecimal: "string",
  timestamp: "Date",
  document: "unknown",
};
const nothing = "{ readonly [member: string]: never }";

/** What the declarations of one shape need to know. */
type Naming = { readonly named: (shape: string) => string; readonly isInput: boolean };

const globals = ["Date", "Uint8Array", "AsyncIterable"];

/** Shapes named like a global we use, or like another operation's input or output, take a trailing underscore. */
const namingOf = (model: ServiceModel): ((shape: string) => string) => {
  const taken = new Set(globals);
  for (const [operation, { input, output }] of Object.entries(model.operations)) {
    if (input !== `${operation}Input`) taken.add(`${operation}Input`);
    if (output !== `${operation}Output`) taken.add(`${operation}Output`);
  }
  return (shape) => (taken.has(shape) ? `${shape}_` : shape);
};

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

export const declarations = (model: ServiceModel): string => {
  const named = namingOf(model);
  const inputs = new Set(Object.values(model.operations).flatMap(({ input }) => input ?? []));
  const shapes = Object.entries(model.shapes).map(
    ([name, shape]) => `export type ${named(name)} = ${declaration(shape, { named, isInput: inputs.has(name) })};`,
  );
  const alias = (name: string, shape: string | undefined): readonly string[] =>
    shape === name ? [] : [`export type ${name} = ${shape === undefined ? nothing : named(shape)};`];
  const aliases = Object.entries(model.operations).flatMap(([operation, { input, output }]) => [
    ...alias(`${operation}Input`, input),
    ...alias(`${operation}Output`, output),
  ]);
  return [
    `// The inputs, outputs, errors and shapes of ${model.serviceId} ${model.apiVersion}, written by \`npm run models\`.`,
    ...shapes,
    ...aliases,
    "",
  ].join("\n");
};

const declaration = (shape: Shape, naming: Naming): string => {
  switch (shape.type) {
    case "structure":
    case "union": {
      const members = Object.entries(shape.members).map(([name, member]) => property(name, member, naming));
      return members.length === 0 ? nothing : `{ ${members.join("; ")} }`;
    }
    case "list":
      return `readonly ${wrap(held(shape.member, naming), shape.sparse)}[]`;
    case "map":
      return `{ readonly [key: string]: ${held(shape.value, naming)}${shape.sparse ? " | null" : ""} }`;
    default:
      return simple[shape.type];
  }
};

const wrap = (type: string, sparse: true | undefined): string => (sparse ? `(${type} | null)` : type);

const property = (name: string, member: Member, naming: Naming): string => {
  const type = held(member, naming);
  return member.required ? `readonly ${key(name)}: ${type}` : `readonly ${key(name)}?: ${type} | undefined`;
};

const held = ({ target, type, streaming }: Member, { named, isInput }: Naming): string => {
  if (target !== undefined) return streaming ? `AsyncIterable<${named(target)}>` : named(target);
  if (streaming) return isInput ? "AsyncIterable<Uint8Array>" : "AsyncIterable<Uint8Array> | Uint8Array | string";
  return simple[type ?? "document"];
};
