// REST routing: method and URI template by a trie compiled per model, ties settled by what the request carries.
import { AwsError } from "../kernel/aws-error.ts";
import type { Member, OperationModel, ServiceModel } from "../models/model.ts";
import { decodePercent, parsePairs } from "./form.ts";
import type { Route, WireRequest } from "./protocol.ts";
import { oncePerModel, structureNamed } from "./schema.ts";

type Candidate = {
  readonly operation: string;
  /** Literal query parameters of the template; an empty value asks only for presence. `x-id` is no part of it. */
  readonly literals: readonly (readonly [string, string])[];
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
  readonly labels: readonly string[];
};
type Node = {
  readonly literals: Map<string, Node>;
  label?: Node;
  greedy?: { readonly suffix: readonly string[]; readonly end: Node }[];
  readonly ends: Candidate[];
  /** S3's operations on a bucket, which is no part of the path here. */
  readonly ofBucket: Candidate[];
};
type Match = { readonly node: Node; readonly values: readonly string[] };

const emptyNode = (): Node => ({ literals: new Map(), ends: [], ofBucket: [] });

const required = (model: ServiceModel, { input }: OperationModel, location: Member["location"]): string[] =>
  Object.values(structureNamed(model, input).members).flatMap((member) =>
    member.required && member.location === location && member.locationName !== undefined ? [member.locationName] : [],
  );

/** A slash at the end is significant to S3 alone. */
const segmentsOf = (path: string, isS3: boolean): readonly string[] => {
  const segments = path.slice(1).split("/");
  if (!isS3 && segments.length > 1 && segments.at(-1) === "") segments.pop();
  return segments;
};

const insert = (root: Node, segments: readonly string[]): Node => {
  let node = root;
  for (const [index, segment] of segments.entries()) {
    if (segment.endsWith("+}")) {
      const greedy = { suffix: segments.slice(index + 1), end: emptyNode() };
      const known = node.greedy?.find(({ suffix }) => suffix.join("/") === greedy.suffix.join("/"));
      if (known !== undefined) return known.end;
      // The longest end first: `{Name+}/routes` is no name.
      node.greedy = [...(node.greedy ?? []), greedy].sort((left, right) => right.suffix.length - left.suffix.length);
      return greedy.end;
    }
    if (segment.startsWith("{")) {
      node.label ??= emptyNode();
      node = node.label;
      continue;
    }
    const next: Node = node.literals.get(segment) ?? emptyNode();
    node.literals.set(segment, next);
    node = next;
  }
  return node;
};

const compile = (model: ServiceModel): ReadonlyMap<string, Node> => {
  const methods = new Map<string, Node>();
  const isS3 = model.service === "s3";
  for (const [operation, held] of Object.entries(model.operations)) {
    if (held.http === undefined) continue;
    const [path = "/", query = ""] = held.http.uri.split("?");
    const segments = segmentsOf(path, isS3);
    const root = methods.get(held.http.method) ?? emptyNode();
    methods.set(held.http.method, root);
    const end = insert(root, segments);
    const needsBucket = isS3 && Object.hasOwn(structureNamed(model, held.input).members, "Bucket");
    (needsBucket ? end.ofBucket : end.ends).push({
      operation,
      literals: parsePairs(query).filter(([name]) => name !== "x-id"),
      requiredQuery: required(model, held, "query"),
      requiredHeaders: required(model, held, "header").map((name) => name.toLowerCase()),
      labels: segments.flatMap((segment) => (segment.startsWith("{") ? [segment.replace(/^\{|\+?\}$/g, "")] : [])),
    });
  }
  return methods;
};

const routers = oncePerModel(compile);

const greedyMatch = (node: Node, segments: readonly string[], index: number): Match | undefined => {
  for (const { suffix, end } of node.greedy ?? []) {
    const stop = segments.length - suffix.length;
    const value = segments.slice(index, stop).join("/");
    if (stop > index && value !== "" && suffix.every((segment, offset) => segments[stop + offset] === segment))
      return { node: end, values: [value] };
  }
  return undefined;
};

/** Literals win over labels, labels over greedy ones; a dead end backs up. */
const descend = (node: Node, segments: readonly string[], index: number): Match | undefined => {
  if (index === segments.length) return node.ends.length + node.ofBucket.length > 0 ? { node, values: [] } : undefined;
  const segment = segments[index] ?? "";
  const literal =
    node.literals.get(segment) ?? (segment.includes("%") ? node.literals.get(decodePercent(segment)) : undefined);
  const byLiteral = literal === undefined ? undefined : descend(literal, segments, index + 1);
  if (byLiteral !== undefined) return byLiteral;
  if (node.label !== undefined && segment !== "") {
    const match = descend(node.label, segments, index + 1);
    if (match !== undefined) return { node: match.node, values: [segment, ...match.values] };
  }
  return greedyMatch(node, segments, index);
};

/** What of a candidate a request does not carry. */
const missing = (
  { requiredQuery, requiredHeaders }: Candidate,
  query: ReadonlyMap<string, string>,
  request: WireRequest,
): number => {
  let count = 0;
  for (const name of requiredQuery) if (!query.has(name)) count += 1;
  for (const name of requiredHeaders) if (request.headers[name] === undefined && !query.has(name)) count += 1;
  return count;
};

const isNamed = ({ literals }: Candidate, query: ReadonlyMap<string, string>): boolean => {
  for (const [name, value] of literals) {
    const given = query.get(name);
    if (given === undefined || (value !== "" && given !== value)) return false;
  }
  return true;
};

/** More literals first, then what the request lacks least, then what it carries most, then x-id. */
const compare = (left: Ranked, right: Ranked): number =>
  right.candidate.literals.length - left.candidate.literals.length ||
  left.missing - right.missing ||
  right.carried - left.carried ||
  Number(right.named) - Number(left.named);

type Ranked = {
  readonly candidate: Candidate;
  readonly missing: number;
  readonly carried: number;
  readonly named: boolean;
};

/** A request that lacks a required member belongs to a sibling that does not ask for it, if there is one. */
const choose = (candidates: readonly Candidate[], request: WireRequest): Candidate | undefined => {
  const [only] = candidates;
  if (candidates.length === 1 && only?.literals.length === 0) return only;
  const query = new Map(parsePairs(request.query));
  const xId = query.get("x-id");
  let best: Ranked | undefined;
  for (const candidate of candidates) {
    if (!isNamed(candidate, query)) continue;
    const lacking = missing(candidate, query, request);
    const ranked = {
      candidate,
      missing: Math.min(lacking, 1),
      carried: candidate.requiredQuery.length + candidate.requiredHeaders.length - lacking,
      named: candidate.operation === xId,
    };
    // The first of equals, as the model lists them.
    if (best === undefined || compare(ranked, best) < 0) best = ranked;
  }
  return best?.candidate;
};

/** Directory buckets share ListBuckets' URI; only the signature's service tells them apart. */
const isExpress = (request: WireRequest): boolean =>
  (request.headers["authorization"] ?? "").includes("/s3express/") || request.query.includes("%2Fs3express%2F");

/** What only its parameters name, and they are not there: a POST to an object that completes no upload. */
const isOther = ({ literals, requiredQuery }: Candidate, { query }: WireRequest): boolean => {
  if (literals.length > 0 || requiredQuery.length === 0) return false;
  const names = new Set(parsePairs(query).map(([name]) => name));
  return requiredQuery.some((name) => !names.has(name));
};

/** S3's keys are UTF-8: two that are not must not become one. */
const decodeKey = (text: string): string => {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI.", { members: { URI: text } });
  }
};

export const restRoute = (model: ServiceModel, request: WireRequest, bucket?: string): Route | undefined => {
  const root = routers(model).get(request.method);
  const isS3 = model.service === "s3";
  const match = root === undefined ? undefined : descend(root, segmentsOf(request.path, isS3), 0);
  if (match === undefined) return undefined;
  const possible = bucket === undefined ? match.node.ends : match.node.ofBucket;
  const candidate =
    isS3 && isExpress(request) && bucket === undefined
      ? possible.find(({ operation }) => operation === "ListDirectoryBuckets")
      : choose(possible, request);
  if (candidate === undefined || (isS3 && isOther(candidate, request))) return undefined;
  const labels: Record<string, string> = bucket === undefined ? {} : { Bucket: bucket };
  for (const [index, name] of candidate.labels.entries())
    labels[name] = (isS3 ? decodeKey : decodePercent)(match.values[index] ?? "");
  return { operation: candidate.operation, labels };
};
