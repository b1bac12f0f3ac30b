// Reads the array-shaped runtime schemas that SDK clients export into plain, named values.
import { createRequire } from "node:module";
import type { ProtocolName } from "../../hangar/models/model.ts";

type Traits = Readonly<Record<string, unknown>>;

/** A schema after following lazy references and gathering the traits met on the way. */
export type Resolved =
  | { readonly kind: "unit"; readonly traits: Traits }
  | { readonly kind: "simple"; readonly code: number; readonly traits: Traits }
  | { readonly kind: "list"; readonly name?: string; readonly member: unknown; readonly traits: Traits }
  | {
      readonly kind: "map";
      readonly name?: string;
      readonly key: unknown;
      readonly value: unknown;
      readonly traits: Traits;
    }
  | {
      readonly kind: "structure" | "union";
      readonly name: string;
      readonly schema: StructureSchema;
      readonly traits: Traits;
    };

export type StructureSchema = {
  readonly name: string;
  readonly type: "structure" | "union";
  readonly isError: boolean;
  readonly traits: Traits;
  readonly memberNames: readonly string[];
  readonly memberSchemas: readonly unknown[];
  /** The first so many members are required. */
  readonly requiredCount: number;
};

export type OperationSchema = {
  readonly name: string;
  readonly traits: Traits;
  readonly input: unknown;
  readonly output: unknown;
};

export type ClientFacts = {
  readonly serviceId: string;
  readonly apiVersion: string;
  readonly protocol: ProtocolName;
  readonly xmlNamespace?: string;
  readonly serviceTarget?: string;
  readonly queryCompatible: boolean;
  readonly operations: readonly OperationSchema[];
  readonly errors: readonly StructureSchema[];
};

const traitBits = [
  "httpLabel",
  "idempotent",
  "idempotencyToken",
  "sensitive",
  "httpPayload",
  "httpResponseCode",
  "httpQueryParams",
];
const kinds = { simple: 0, list: 1, map: 2, structure: 3, union: 4, operation: 9, error: -3 } as const;
const listBit = 64;
const mapBit = 128;

const protocolNames: Readonly<Record<string, ProtocolName>> = {
  AwsJson1_0Protocol: "awsJson1_0",
  AwsJson1_1Protocol: "awsJson1_1",
  AwsQueryProtocol: "awsQuery",
  AwsEc2QueryProtocol: "ec2Query",
  AwsRestJsonProtocol: "restJson1",
  AwsRestXmlProtocol: "restXml",
  S3RestXmlProtocol: "restXml",
  AwsSmithyRpcV2CborProtocol: "rpcv2Cbor",
};

const follow = (reference: unknown): unknown => (typeof reference === "function" ? follow(reference()) : reference);

const readTraits = (raw: unknown): Traits => {
  if (typeof raw === "object" && raw !== null) return raw as Traits;
  const bits = typeof raw === "number" ? raw : 0;
  return Object.fromEntries(traitBits.flatMap((name, bit) => ((bits >> bit) & 1 ? [[name, 1]] : [])));
};

const readStructure = (raw: readonly unknown[]): StructureSchema => ({
  name: String(raw[2]),
  type: raw[0] === kinds.union ? "union" : "structure",
  isError: raw[0] === kinds.error,
  traits: readTraits(raw[3]),
  memberNames: (raw[4] ?? []) as readonly string[],
  memberSchemas: (raw[5] ?? []) as readonly unknown[],
  requiredCount: typeof raw[6] === "number" ? raw[6] : 0,
});

/** Traits nearest the member win over those of the shape it names, as in Smithy. */
export const resolve = (reference: unknown, outer: Traits = {}): Resolved => {
  const raw = follow(reference);
  if (typeof raw === "number") return resolveNumber(raw, outer);
  if (raw === "unit") return { kind: "unit", traits: outer };
  if (!Array.isArray(raw)) throw new Error(`Not a schema: ${String(raw)}`);
  if (raw.length === 2) return resolve(raw[0], { ...readTraits(raw[1]), ...outer });
  const name = String(raw[2]);
  switch (raw[0]) {
    case kinds.simple:
      return resolve(raw[4], { ...readTraits(raw[3]), ...outer });
    case kinds.list:
      return { kind: "list", name, member: raw[4], traits: { ...readTraits(raw[3]), ...outer } };
    case kinds.map:
      return { kind: "map", name, key: raw[4], value: raw[5], traits: { ...readTraits(raw[3]), ...outer } };
    default: {
      const schema = readStructure(raw);
      return { kind: schema.type, name, schema, traits: outer };
    }
  }
};

const resolveNumber = (code: number, traits: Traits): Resolved => {
  if (code & mapBit) return { kind: "map", key: 0, value: code & ~mapBit, traits };
  if (code & listBit) return { kind: "list", member: code & ~listBit, traits };
  return { kind: "simple", code, traits };
};

const isSchema = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length >= 5;

type ClientConfig = {
  readonly serviceId: string;
  readonly apiVersion: string;
  readonly protocol: { readonly constructor: { readonly name: string } };
  readonly protocolSettings: {
    readonly xmlNamespace?: string;
    readonly serviceTarget?: string;
    readonly awsQueryCompatible?: boolean;
  };
};
type ClientClass = new (config: object) => { readonly config: ClientConfig };

const require = createRequire(import.meta.url);

/** Whether the SDK client a service is compiled from is installed here. */
export const isInstalled = (client: string): boolean => {
  try {
    require.resolve(`@aws-sdk/${client}`);
    return true;
  } catch {
    return false;
  }
};

export const readClient = (client: string): ClientFacts => {
  const exported = require(`@aws-sdk/${client}`) as Readonly<Record<string, unknown>>;
  const className = Object.keys(exported).find((name) => /^[A-Z]\w*Client$/.test(name));
  if (className === undefined) throw new Error(`@aws-sdk/${client} exports no client`);
  const { config } = new (exported[className] as ClientClass)({
    region: "us-east-1",
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  });
  const protocol = protocolNames[config.protocol.constructor.name];
  if (protocol === undefined) throw new Error(`@aws-sdk/${client} speaks ${config.protocol.constructor.name}`);
  const schemas = Object.entries(exported).flatMap(([name, value]) =>
    name.endsWith("$") && isSchema(value) ? [value] : [],
  );
  const { xmlNamespace, serviceTarget, awsQueryCompatible } = config.protocolSettings;
  return {
    serviceId: config.serviceId,
    apiVersion: config.apiVersion,
    protocol,
    ...(xmlNamespace === undefined ? {} : { xmlNamespace }),
    ...(serviceTarget === undefined ? {} : { serviceTarget }),
    queryCompatible: awsQueryCompatible === true,
    operations: schemas
      .filter((schema) => schema[0] === kinds.operation)
      .map((schema) => ({
        name: String(schema[2]),
        traits: readTraits(schema[3]),
        input: schema[4],
        output: schema[5],
      })),
    // The client's own base exception stands in a synthetic namespace.
    errors: schemas
      .filter((schema) => schema[0] === kinds.error && !String(schema[1]).startsWith("smithy.ts.sdk.synthetic"))
      .map(readStructure),
  };
};
