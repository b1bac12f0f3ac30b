// Compiles one SDK client's schemas and one constraint file into a ServiceModel.
import type {
  ErrorFacts,
  ListShape,
  MapShape,
  Member,
  OperationModel,
  ProtocolName,
  ServiceModel,
  Shape,
  SimpleType,
  StructureShape,
} from "../../hangar/models/model.ts";
import { readConstraints, unanimousNumberTypes } from "./constraints.ts";
import type { Constraint, ConstraintFile } from "./constraints.ts";
import { bindings } from "./member-bindings.ts";
import type { ServiceSource } from "./services.ts";
import { readClient, resolve } from "./smithy-schema.ts";
import type { ClientFacts, OperationSchema, Resolved, StructureSchema } from "./smithy-schema.ts";

type Compilation = {
  readonly source: ServiceSource;
  readonly facts: ClientFacts;
  readonly constraints: ConstraintFile;
  readonly numberTypes: ReadonlyMap<string, SimpleType>;
  readonly shapes: Map<string, Shape>;
  /** Lists and maps by content: unnamed ones share a name when they are the same. */
  readonly collections: Map<string, string>;
};

/** What is known of the place a member stands in. */
type Place = { readonly structure: string; readonly member: string; readonly constraint: Constraint };

const simpleTypes: Readonly<Record<number, SimpleType>> = {
  0: "string",
  2: "boolean",
  4: "timestamp",
  5: "timestamp",
  6: "timestamp",
  7: "timestamp",
  15: "document",
  17: "bigInteger",
  19: "bigDecimal",
  21: "blob",
  42: "blob",
};
const timestampFormats: Readonly<Record<number, NonNullable<Member["timestampFormat"]>>> = {
  5: "date-time",
  6: "http-date",
  7: "epoch-seconds",
};
const streamingBlob = 42;

export const compileService = (source: ServiceSource): ServiceModel => {
  const facts = readClient(source.client);
  const constraints = readConstraints(source.service);
  const compilation: Compilation = {
    source,
    facts,
    constraints,
    numberTypes: unanimousNumberTypes(constraints),
    shapes: new Map(),
    collections: new Map(),
  };
  const operations = Object.fromEntries(
    [...facts.operations].sort(byName).map((operation) => [operation.name, compileOperation(compilation, operation)]),
  );
  for (const error of facts.errors) compileStructure(compilation, error);
  const shapes = Object.fromEntries([...compilation.shapes].sort(([a], [b]) => (a < b ? -1 : 1)));
  const xmlNamespace = facts.xmlNamespace ?? source.xmlNamespace;
  return {
    service: source.service,
    serviceId: facts.serviceId,
    apiVersion: facts.apiVersion,
    endpointPrefix: constraints.endpointPrefix,
    signingName: constraints.signingName,
    protocols: protocolsOf(source, facts, constraints),
    ...(constraints.targetPrefix === null ? {} : { targetPrefix: constraints.targetPrefix }),
    ...(xmlNamespace === undefined ? {} : { xmlNamespace }),
    ...(facts.queryCompatible ? { queryCompatible: true as const } : {}),
    operations,
    shapes,
  };
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);

const protocolsOf = (
  source: ServiceSource,
  facts: ClientFacts,
  constraints: ConstraintFile,
): readonly ProtocolName[] => {
  const named = constraints.protocols.flatMap((name): readonly ProtocolName[] => {
    if (name === "smithy-rpc-v2-cbor") return ["rpcv2Cbor"];
    if (name === "query") return ["awsQuery"];
    return [];
  });
  return [...new Set([facts.protocol, ...named, ...(source.alsoSpeaks ?? [])])];
};

const compileOperation = (compilation: Compilation, operation: OperationSchema): OperationModel => {
  const input = compileTop(compilation, operation.input);
  const output = compileTop(compilation, operation.output);
  const errors = compilation.constraints.operations[operation.name]?.errors ?? [];
  const known = errors.filter((error) => compilation.facts.errors.some(({ name }) => name === error));
  const { http, endpoint } = operation.traits as {
    readonly http?: [string, string, number];
    readonly endpoint?: [string];
  };
  return {
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(known.length === 0 ? {} : { errors: known }),
    ...(http === undefined ? {} : { http: { method: http[0], uri: http[1], code: http[2] } }),
    ...(endpoint === undefined ? {} : { hostPrefix: endpoint[0] }),
  };
};

const compileTop = (compilation: Compilation, reference: unknown): string | undefined => {
  const resolved = resolve(reference);
  if (resolved.kind !== "structure" && resolved.kind !== "union") return undefined;
  return compileStructure(compilation, resolved.schema);
};

const compileStructure = (compilation: Compilation, schema: StructureSchema): string => {
  if (compilation.shapes.has(schema.name)) return schema.name;
  const { shapes, constraints } = compilation;
  // Holds the name while members that lead back here are compiled.
  shapes.set(schema.name, { type: schema.type, members: {} });
  const limits = constraints.members[schema.name] ?? {};
  const members = Object.fromEntries(
    schema.memberNames.map((member, index): [string, Member] => {
      const place = { structure: schema.name, member, constraint: limits[member] ?? {} };
      const compiled = compileMember(compilation, schema.memberSchemas[index], place);
      return [member, index < schema.requiredCount ? { ...compiled, required: true } : compiled];
    }),
  );
  const { xmlName, xmlNamespace } = schema.traits as { readonly xmlName?: string; readonly xmlNamespace?: unknown };
  const namespace = Array.isArray(xmlNamespace) ? String(xmlNamespace.at(-1)) : undefined;
  const shape: StructureShape = {
    type: schema.type,
    members,
    ...(schema.isError ? { error: errorFacts(compilation, schema) } : {}),
    ...(xmlName === undefined ? {} : { xmlName }),
    ...(namespace === undefined ? {} : { xmlNamespace: namespace }),
  };
  shapes.set(schema.name, shape);
  return schema.name;
};

const errorFacts = ({ facts, constraints }: Compilation, schema: StructureSchema): ErrorFacts => {
  const traits = schema.traits as {
    readonly error?: string;
    readonly httpError?: number;
    readonly awsQueryError?: [string, number];
  };
  const modelled = constraints.errors[schema.name];
  const fault = traits.error === "server" ? "server" : "client";
  const code = traits.awsQueryError?.[0] ?? modelled?.code;
  // Query-compatible JSON services name the error by its shape and keep the old code for x-amzn-query-error.
  const wireCode = facts.queryCompatible ? undefined : code;
  const status = traits.httpError ?? traits.awsQueryError?.[1] ?? modelled?.status ?? (fault === "server" ? 500 : 400);
  return {
    ...(wireCode === undefined || wireCode === schema.name ? {} : { code: wireCode }),
    ...(traits.awsQueryError === undefined ? {} : { queryCode: traits.awsQueryError[0] }),
    status,
    fault,
  };
};

const compileMember = (compilation: Compilation, reference: unknown, place: Place): Member => {
  const resolved = resolve(reference);
  const { type: _type, of: _of, key: _key, value: _value, ...limits } = place.constraint;
  return { ...target(compilation, resolved, place), ...limits, ...bindings(resolved.traits) };
};

const target = (compilation: Compilation, resolved: Resolved, place: Place): Member => {
  switch (resolved.kind) {
    case "unit":
      compilation.shapes.set("Unit", { type: "structure", members: {} });
      return { target: "Unit" };
    case "simple":
      return simpleMember(compilation, resolved.code, place);
    case "list":
      return { target: compileList(compilation, resolved, place) };
    case "map":
      return { target: compileMap(compilation, resolved, place) };
    default: {
      const name = compileStructure(compilation, resolved.schema);
      return resolved.schema.traits["streaming"] === undefined ? { target: name } : { target: name, streaming: true };
    }
  }
};

const simpleMember = ({ numberTypes, source }: Compilation, code: number, place: Place): Member => {
  if (source.asText?.includes(place.member) === true) return { type: "string" };
  // The schemas say only "numeric"; where the constraints are silent too, double loses nothing.
  if (code === 1) return { type: place.constraint.type ?? numberTypes.get(place.member) ?? "double" };
  const type = simpleTypes[code];
  if (type === undefined) throw new Error(`Unknown simple schema ${code} at ${place.structure}$${place.member}`);
  const timestampFormat = timestampFormats[code];
  return {
    type,
    ...(timestampFormat === undefined ? {} : { timestampFormat }),
    ...(code === streamingBlob ? { streaming: true as const } : {}),
  };
};

const inside = (place: Place, part: "of" | "key" | "value"): Place => ({
  ...place,
  member: `${place.member}.${part}`,
  constraint: place.constraint[part] ?? {},
});

const compileList = (compilation: Compilation, list: Resolved & { kind: "list" }, place: Place): string => {
  const member = compileMember(compilation, list.member, inside(place, "of"));
  const shape: ListShape = { type: "list", member, ...(list.traits["sparse"] === undefined ? {} : { sparse: true }) };
  return intern(compilation, list.name ?? `ListOf${nameOf(member)}`, shape);
};

const compileMap = (compilation: Compilation, map: Resolved & { kind: "map" }, place: Place): string => {
  const key = compileMember(compilation, map.key, inside(place, "key"));
  const value = compileMember(compilation, map.value, inside(place, "value"));
  const shape: MapShape = { type: "map", key, value, ...(map.traits["sparse"] === undefined ? {} : { sparse: true }) };
  return intern(compilation, map.name ?? `MapOf${nameOf(value)}`, shape);
};

const nameOf = ({ target: shape, type = "document" }: Member): string =>
  shape ?? `${type[0]?.toUpperCase()}${type.slice(1)}`;

/** One name per distinct content: `StringList`, then `StringList_2` where other limits apply. */
const intern = ({ shapes, collections }: Compilation, base: string, shape: Shape): string => {
  const key = `${base} ${JSON.stringify(shape)}`;
  const known = collections.get(key);
  if (known !== undefined) return known;
  let name = base;
  for (let count = 2; shapes.has(name); count += 1) name = `${base}_${count}`;
  shapes.set(name, shape);
  collections.set(key, name);
  return name;
};
