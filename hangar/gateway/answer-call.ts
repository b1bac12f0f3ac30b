// An AWS API call over the wire: locate the service, read the body, identify the caller, parse, run, serialise.

import { gunzipSync } from "node:zlib";
import type { Cloud } from "../cloud/cloud.ts";
import type { World } from "../cloud/world.ts";
import { AwsError, notEmulated } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { ServiceModel } from "../models/model.ts";
import { checkLength, decodeAwsChunked } from "../protocols/aws-chunked.ts";
import { protocolFor } from "../protocols/protocol-for.ts";
import type { Protocol, ResponseFacts, Route, WireRequest, WireResponse } from "../protocols/protocol.ts";
import { s3Address, s3Route } from "../protocols/s3-address.ts";
import { checkS3Body } from "../protocols/s3-body.ts";
import { signatureDialect } from "../protocols/sigv4-errors.ts";
import { parseCredential } from "../protocols/sigv4.ts";
import { factsOf } from "./doors.ts";
import { connectionPath, isOfConnection } from "./execute-api.ts";
import { readAll, received, type Incoming, type Outgoing } from "./exchange.ts";
import { identify, unsigned, type Identified } from "./identify.ts";
import { locate, strangerModel, strangerOf } from "./locate.ts";
import { witnessed } from "./witness.ts";

const NO_BYTES = new Uint8Array(0);
const BODY_LIMIT = 320 * 1024 * 1024;

/** With a refusal nothing is run: it is said in the caller's protocol. */
export async function answerCall(cloud: Cloud, world: World, incoming: Incoming, refusal?: unknown): Promise<Outgoing> {
  const facts: ResponseFacts = { requestId: world.ids.uuid() };
  let credential: ReturnType<typeof parseCredential>;
  let early: unknown = refusal;
  try {
    credential = parseCredential(incoming);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    early ??= error;
  }
  let formed: Formed = { form: undefined, incoming };
  try {
    if (isForm(incoming)) formed = await formOf(incoming);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    early ??= error;
  }
  const located = locate(formed.incoming, credential?.service, formed.form);
  const stranger = located === undefined ? strangerOf(incoming, credential?.service, formed.form) : undefined;
  const service = located ?? stranger ?? "s3";
  const model = stranger === undefined ? loadModel(service) : strangerModel(stranger);
  const protocol = protocolFor(model, formed.incoming);
  let operation: string | undefined;
  try {
    if (early !== undefined) throw early;
    if (stranger !== undefined) throw notEmulated(`the service ${stranger}`);
    const reading = { form: formed.form, incoming: formed.incoming, model, protocol, credential };
    if (credential !== undefined && cloud.loaded("iam") === undefined) await cloud.load("iam");
    const read = isWhole(reading) ? readWhole(cloud, world, reading) : await readRequest(cloud, world, reading);
    operation = read.route.operation;
    return await run(cloud, world, { read, model, protocol, facts, incoming });
  } catch (thrown) {
    const error =
      world.current === world ? awsError({ cloud, world }, thrown, `${service}:${operation ?? "?"}`) : replaced();
    return headless(incoming, protocol.serialiseError(model, operation, error, facts));
  }
}

type Place = { readonly cloud: Cloud; readonly world: World };

function awsError({ cloud, world }: Place, thrown: unknown, where: string): AwsError {
  return thrown instanceof AwsError ? thrown : cloud.bug(where, thrown, world);
}

/** The world ended under the call. Clients ask again, and find the one that took its place. */
function replaced(): AwsError {
  return new AwsError("ServiceUnavailable", "This world was replaced while the call ran.", { status: 503 });
}

type Read = { readonly route: Route; readonly request: WireRequest; readonly identified: Identified };

type Reading = Formed & {
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  readonly credential: ReturnType<typeof parseCredential>;
};

/** The calls of nearly every client: one body, at hand, as it is. */
function isWhole({ incoming: { bytes, headers }, protocol }: Reading): boolean {
  return bytes !== undefined && !protocol.name.startsWith("rest") && isPlain(headers);
}

function readWhole(cloud: Cloud, world: World, { incoming, form, model, protocol, credential }: Reading): Read {
  const body = incoming.bytes ?? NO_BYTES;
  const identified = identifyCaller(cloud, world, { incoming, model, credential, body });
  const request = wire(incoming, body);
  const route = protocol.route(model, request);
  if (route === undefined) throw unknownOperation(model, incoming, form);
  return { route, request, identified };
}

/** Reads the body whole, or leaves it a stream where the operation takes one, and proves the caller either way. */
async function readRequest(
  cloud: Cloud,
  world: World,
  { incoming, form, model, protocol, credential }: Reading,
): Promise<Read> {
  const early = protocol.name.startsWith("rest") ? protocol.route(model, wire(incoming, NO_BYTES)) : undefined;
  const streaming = early !== undefined && streamsIn(model, early.operation);
  if (streaming) {
    const identified = identifyCaller(cloud, world, { incoming, model, credential, body: undefined });
    if (model.service === "s3") checkLength(incoming.headers);
    return {
      route: early,
      identified,
      request: {
        ...wire(incoming, NO_BYTES),
        stream: decodeAwsChunked(received(incoming.body), incoming.headers, identified.chunkSigning),
      },
    };
  }
  const raw = incoming.bytes ?? (await readAll(incoming.body, BODY_LIMIT));
  const identified = identifyCaller(cloud, world, { incoming, model, credential, body: raw });
  const request = wire(incoming, await plainBody(incoming, raw, identified));
  const route = early ?? protocol.route(model, request);
  if (route === undefined) throw unknownOperation(model, incoming, form);
  return { route, request, identified };
}

type Identifying = {
  readonly incoming: Incoming;
  readonly model: ServiceModel;
  readonly credential: ReturnType<typeof parseCredential>;
  readonly body: Uint8Array | undefined;
};

function identifyCaller(cloud: Cloud, world: World, { incoming, model, credential, body }: Identifying): Identified {
  if (credential === undefined) return unsigned(model.service, incoming.headers);
  return identify(cloud, world, { request: incoming, credential, body, dialect: signatureDialect(model) });
}

type Running = {
  readonly read: Read;
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  readonly facts: ResponseFacts;
  readonly incoming: Incoming;
};

async function run(cloud: Cloud, world: World, { read, model, protocol, facts, incoming }: Running): Promise<Outgoing> {
  const { request, identified } = read;
  const route = model.service === "s3" ? s3Route(read.route) : read.route;
  const { caller } = identified;
  if (model.service === "s3" && request.method !== "GET" && request.stream === undefined)
    await checkS3Body(route.operation, request);
  const input = protocol.parse(model, route, request);
  const requestFacts = factsOf(cloud, incoming, facts.requestId);
  const account = caller.kind === "anonymous" ? cloud.account : caller.account;
  const region = identified.region ?? cloud.region;
  const call = {
    world,
    service: model.service,
    operation: route.operation,
    input,
    caller,
    account,
    region,
    request: requestFacts,
    parent: incoming.cause,
  };
  const { query } = incoming;
  const started = performance.now();
  try {
    const output = await cloud.call(call);
    const answer = protocol.serialise(model, route.operation, output, facts);
    Object.assign(answer.headers, cloud.responseHeaders(call));
    const outgoing = streamsOut(model, route.operation) ? { ...answer, streams: true } : answer;
    return witnessed(cloud, model.service, call, { answer: outgoing, input, query, started });
  } catch (error) {
    if (!(error instanceof AwsError) || world.current !== world) throw error;
    const answer = protocol.serialiseError(model, route.operation, error, facts);
    Object.assign(answer.headers, cloud.responseHeaders(call));
    const outgoing = headless(incoming, answer);
    return witnessed(cloud, model.service, call, { answer: outgoing, input, query, started, errorCode: error.code });
  }
}

function headless(incoming: Incoming, answer: WireResponse): Outgoing {
  return incoming.method === "HEAD" ? { ...answer, body: "" } : answer;
}

function wire(incoming: Incoming, body: Uint8Array): WireRequest {
  return {
    method: incoming.method,
    host: incoming.host,
    path: isOfConnection(incoming) ? connectionPath(incoming.path) : incoming.path,
    query: incoming.query,
    headers: incoming.headers,
    body,
  };
}

function isPlain(headers: Incoming["headers"]): boolean {
  return headers["content-encoding"] === undefined && !(headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
}

async function plainBody(incoming: Incoming, raw: Uint8Array, identified: Identified): Promise<Uint8Array> {
  if (isPlain(incoming.headers)) return raw;
  const encoding = incoming.headers["content-encoding"] ?? "";
  const sha = incoming.headers["x-amz-content-sha256"] ?? "";
  if (encoding.includes("aws-chunked") || sha.startsWith("STREAMING-")) {
    const source = (async function* () {
      yield raw;
    })();
    return readAll(decodeAwsChunked(source, incoming.headers, identified.chunkSigning), BODY_LIMIT);
  }
  if (encoding !== "gzip") return raw;
  try {
    return gunzipSync(raw, { maxOutputLength: BODY_LIMIT });
  } catch {
    throw new AwsError("SerializationException", "The request body is not the gzip that its Content-Encoding says.");
  }
}

function isForm(incoming: Incoming): boolean {
  return (
    (incoming.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded") ||
    /(?:^|&)Action=/.test(incoming.query)
  );
}

type Formed = { readonly form: URLSearchParams | undefined; readonly incoming: Incoming };

/** The query protocols name their API version in the form: it is read before the service is known. */
async function formOf(incoming: Incoming): Promise<Formed> {
  if (incoming.method === "GET") return { form: new URLSearchParams(incoming.query), incoming };
  const bytes = incoming.bytes ?? (await readAll(incoming.body, BODY_LIMIT));
  // Long forms (templates) are not taken apart twice: Action and Version stand near the front or the end.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const pairs = [...text.matchAll(/(?:^|&)((?:Version|Action)=[^&]*)/g)].map((found) => found[1]);
  return { form: new URLSearchParams(pairs.join("&")), incoming: { ...incoming, bytes } };
}

function streamsIn(model: ServiceModel, operation: string): boolean {
  return payloadStreams(model, model.operations[operation]?.input);
}

function streamsOut(model: ServiceModel, operation: string): boolean {
  return payloadStreams(model, model.operations[operation]?.output);
}

const streaming = new WeakMap<ServiceModel, Map<string, boolean>>();

function payloadStreams(model: ServiceModel, name: string | undefined): boolean {
  if (name === undefined) return false;
  let known = streaming.get(model);
  if (known === undefined) {
    known = new Map();
    streaming.set(model, known);
  }
  let answer = known.get(name);
  if (answer === undefined) {
    const shape = model.shapes[name];
    answer =
      shape !== undefined &&
      "members" in shape &&
      Object.values(shape.members).some((member) => member.streaming === true);
    known.set(name, answer);
  }
  return answer;
}

/** Of a bucket there is nothing to POST but forms. */
function notForm(): AwsError {
  const members = { Condition: "Bucket POST must be of the enclosure-type multipart/form-data" };
  const message = "At least one of the pre-conditions you specified did not hold";
  return new AwsError("PreconditionFailed", message, { status: 412, members });
}

function unknownOperation(model: ServiceModel, incoming: Incoming, form: URLSearchParams | undefined): AwsError {
  const target = incoming.headers["x-amz-target"];
  if (target !== undefined) return new AwsError("UnknownOperationException", "");
  if (model.protocols[0] === "awsQuery" || model.protocols[0] === "ec2Query")
    return new AwsError(
      "InvalidAction",
      `Could not find operation ${form?.get("Action") ?? ""} for version ${form?.get("Version") ?? model.apiVersion}`,
    );
  if (model.service === "s3") {
    const { bucket, path } = s3Address(incoming.host, incoming.path);
    if (incoming.method === "POST" && bucket !== undefined && path.length <= 1) return notForm();
    const ResourceType = bucket === undefined ? "SERVICE" : path.length > 1 ? "OBJECT" : "BUCKET";
    const members = { Method: incoming.method, ResourceType };
    const message = "The specified method is not allowed against this resource.";
    return new AwsError("MethodNotAllowed", message, { status: 405, members });
  }
  return new AwsError(
    "UnknownOperationException",
    `No operation of ${model.service} is ${incoming.method} ${incoming.path}.`,
    { status: 404 },
  );
}
