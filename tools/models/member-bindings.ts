// Translates a member's Smithy traits into the wire bindings of our model.
import type { Member } from "../../hangar/models/model.ts";

type Traits = Readonly<Record<string, unknown>>;

/** Traits that carry nothing a server needs. */
const ignored = new Set(["sparse", "clientOptional", "idempotent", "contextParam", "eventStream", "streaming"]);

const flags: Readonly<Record<string, keyof Member>> = {
  idempotencyToken: "idempotencyToken",
  sensitive: "sensitive",
  xmlFlattened: "xmlFlattened",
  xmlAttribute: "xmlAttribute",
  eventPayload: "eventPayload",
  eventHeader: "eventHeader",
  hostLabel: "hostLabel",
};
const texts: Readonly<Record<string, keyof Member>> = {
  jsonName: "jsonName",
  xmlName: "xmlName",
  ec2QueryName: "ec2QueryName",
  mediaType: "mediaType",
  timestampFormat: "timestampFormat",
};
const named: Readonly<Record<string, NonNullable<Member["location"]>>> = {
  httpHeader: "header",
  httpQuery: "query",
  httpPrefixHeaders: "prefixHeaders",
};
const placed: Readonly<Record<string, NonNullable<Member["location"]>>> = {
  httpLabel: "label",
  httpPayload: "payload",
  httpResponseCode: "statusCode",
  httpQueryParams: "queryParams",
};

const xmlNamespace = (value: unknown): Partial<Member> => {
  if (!Array.isArray(value)) return { xmlNamespace: String(value) };
  const [prefix, namespace] = value as readonly string[];
  return { xmlNamespace: String(namespace), ...(prefix ? { xmlNamespacePrefix: prefix } : {}) };
};

const binding = (trait: string, value: unknown): Partial<Member> => {
  const flag = flags[trait];
  if (flag !== undefined) return { [flag]: true };
  const text = texts[trait];
  if (text !== undefined) return { [text]: String(value) };
  const header = named[trait];
  if (header !== undefined) return { location: header, locationName: String(value) };
  const location = placed[trait];
  if (location !== undefined) return { location };
  if (trait === "xmlNamespace") return xmlNamespace(value);
  if (ignored.has(trait)) return {};
  throw new Error(`Unknown trait ${trait}: ${JSON.stringify(value)}`);
};

export const bindings = (traits: Traits): Member =>
  Object.assign({}, ...Object.entries(traits).map(([trait, value]) => binding(trait, value))) as Member;
