// Members in the head of REST messages: labels, query and headers read; headers written.
import { AwsError } from "../kernel/aws-error.ts";
import type { Member, ServiceModel, Shape } from "../models/model.ts";
import { isAwsChunked, withoutAwsChunked } from "./aws-chunked.ts";
import { parsePairs } from "./form.ts";
import { quoteHeader, splitHeader } from "./header-lists.ts";
import type { Route, WireRequest } from "./protocol.ts";
import { bindingsOf, type Bindings, type Bound } from "./rest-bindings.ts";
import { shapeOf } from "./schema.ts";
import { formatText, parseText } from "./text-values.ts";
import { parseDateTime, parseHttpDate } from "./timestamps.ts";

type Output = Record<string, unknown>;

const OBJECT_SIZE = "x-amz-mp-object-size";

const unreadable = (model: ServiceModel, { name, wire }: Bound, text: string): AwsError => {
  if (wire === OBJECT_SIZE) return new AwsError("InvalidRequest", `Value for ${wire} header is invalid: '${text}'`);
  return model.protocols[0] === "restXml"
    ? new AwsError("InvalidArgument", `Provided ${wire} not an integer or within integer range`, {
        members: { ArgumentName: wire, ArgumentValue: text },
      })
    : new AwsError("SerializationException", `'${text}' is no value of ${name}`);
};

const readText = (model: ServiceModel, bound: Bound, shape: Shape, text: string): unknown => {
  const simple = "members" in shape || "member" in shape || "key" in shape ? undefined : parseText(shape.type, text);
  if (simple === undefined) throw unreadable(model, bound, text);
  return simple;
};

/** As S3 reads them: a condition that names no moment is none. */
const readMoment = ({ member, wire }: Bound, text: string): Date | undefined => {
  const date = parseDateTime(text);
  if (member.timestampFormat !== "date-time") return date ?? parseHttpDate(text);
  if (date !== undefined) return date;
  throw new AwsError("InvalidArgument", "The retain until date must be provided in ISO 8601 format", {
    members: { ArgumentName: wire, ArgumentValue: text },
  });
};

const readHeader = (model: ServiceModel, bound: Bound, text: string): unknown => {
  const shape = shapeOf(model, bound.member);
  if (shape.type === "timestamp" && model.service === "s3") return readMoment(bound, text);
  if (shape.type !== "list") return readText(model, bound, shape, text);
  return splitHeader(text, shape.member).map((item) => readText(model, bound, shapeOf(model, shape.member), item));
};

const readQuery = (model: ServiceModel, bound: Bound, values: readonly string[]): unknown => {
  const shape = shapeOf(model, bound.member);
  if (shape.type === "list") return values.map((text) => readText(model, bound, shapeOf(model, shape.member), text));
  // S3 takes an empty number for none.
  if (shape.type === "integer" && values[0] === "" && model.service === "s3") return undefined;
  return readText(model, bound, shape, values[0] ?? "");
};

const grouped = (query: string): Map<string, string[]> => {
  const groups = new Map<string, string[]>();
  for (const [name, value] of parsePairs(query)) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return groups;
};

/** Parameters bound to no member of their own, and not part of the URI template or the signature. */
const readQueryParams = (
  model: ServiceModel,
  bound: Bound,
  groups: ReadonlyMap<string, readonly string[]>,
  bindings: Bindings,
): Record<string, unknown> => {
  const taken = new Set([...bindings.query.map(({ wire }) => wire), "x-id"]);
  const shape = shapeOf(model, bound.member);
  const isLists = shape.type === "map" && shapeOf(model, shape.value).type === "list";
  return Object.fromEntries(
    [...groups].flatMap(([name, values]) => (taken.has(name) ? [] : [[name, isLists ? values : values[0]] as const])),
  );
};

/** The transfer coding is no part of what is stored, and the length that counts is the decoded one. */
const withoutChunking = (headers: Readonly<Record<string, string>>): Record<string, string> => {
  const {
    "content-encoding": encoding = "",
    "content-length": length,
    "x-amz-decoded-content-length": decoded,
    ...rest
  } = headers;
  const codings = withoutAwsChunked(encoding);
  const counted = decoded ?? length;
  return {
    ...rest,
    ...(codings === "" ? {} : { "content-encoding": codings }),
    ...(counted === undefined ? {} : { "content-length": counted }),
  };
};

/** S3 does not read these from a URL: the SDK signs the checksum of a body it does not have yet. */
const neverHoisted = /^x-amz-(?:checksum-|sdk-checksum-algorithm$|trailer$)/;

/** A presigned S3 URL carries `x-amz-*` headers in its query string. */
const headersOf = (
  model: ServiceModel,
  request: WireRequest,
  groups: ReadonlyMap<string, readonly string[]>,
): Readonly<Record<string, string>> => {
  if (model.service !== "s3") return request.headers;
  const sent = isAwsChunked(request.headers) ? withoutChunking(request.headers) : request.headers;
  if (!(groups.has("X-Amz-Signature") || groups.has("Signature"))) return sent;
  const hoisted = [...groups].flatMap(([name, values]) =>
    /^x-amz-/i.test(name) && !neverHoisted.test(name.toLowerCase())
      ? [[name.toLowerCase(), values[0] ?? ""] as const]
      : [],
  );
  return { ...Object.fromEntries(hoisted), ...sent };
};

const withPrefix = (headers: Readonly<Record<string, string>>, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );

/** Literal query parameters of the template are no input. */
const withoutLiterals = (uri: string, groups: Map<string, string[]>): Map<string, string[]> => {
  const query = uri.split("?")[1];
  if (query !== undefined) for (const [name] of parsePairs(query)) groups.delete(name);
  return groups;
};

export const readHead = (model: ServiceModel, route: Route, request: WireRequest): Output => {
  const operation = model.operations[route.operation];
  const bindings = bindingsOf(model, operation?.input);
  const input: Output = {};
  for (const bound of bindings.labels) {
    const text = route.labels[bound.name];
    if (text !== undefined) input[bound.name] = readText(model, bound, shapeOf(model, bound.member), text);
  }
  const groups = grouped(request.query);
  for (const bound of bindings.query) {
    const values = groups.get(bound.wire);
    if (values !== undefined) input[bound.name] = readQuery(model, bound, values);
  }
  if (bindings.queryParams !== undefined) {
    const params = readQueryParams(
      model,
      bindings.queryParams,
      withoutLiterals(operation?.http?.uri ?? "", groups),
      bindings,
    );
    if (Object.keys(params).length > 0) input[bindings.queryParams.name] = params;
  }
  const headers = headersOf(model, request, groups);
  for (const bound of bindings.headers) {
    const text = headers[bound.wire];
    if (text !== undefined) input[bound.name] = readHeader(model, bound, text);
  }
  for (const { name, wire } of bindings.prefixHeaders) {
    const held = withPrefix(headers, wire);
    if (Object.keys(held).length > 0) input[name] = held;
  }
  return input;
};

const formatHeader = (model: ServiceModel, member: Member, value: unknown): string => {
  const shape = shapeOf(model, member);
  if (shape.type !== "list" || !Array.isArray(value)) return formatText(value, member, "http-date");
  const isText = shapeOf(model, shape.member).type === "string";
  return (value as unknown[])
    .map((item) => (isText ? quoteHeader(String(item)) : formatText(item, shape.member, "http-date")))
    .join(", ");
};

/** Header values are one line of latin-1: anything else would make node refuse the response. */
const headerSafe = (text: string): string => text.replaceAll(/[\r\n]+/g, " ");

export const writeHeaders = (
  model: ServiceModel,
  shape: string | undefined,
  output: Readonly<Output>,
): Record<string, string> => {
  const bindings = bindingsOf(model, shape);
  const headers: Record<string, string> = {};
  for (const { name, member, wire } of bindings.headers) {
    if (output[name] != null) headers[wire] = headerSafe(formatHeader(model, member, output[name]));
  }
  for (const { name, wire } of bindings.prefixHeaders) {
    for (const [key, value] of Object.entries((output[name] ?? {}) as Record<string, string>))
      headers[wire + key.toLowerCase()] = headerSafe(value);
  }
  return headers;
};
