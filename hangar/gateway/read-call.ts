// Reads a call: the form that names its operation, the body whole or as a stream, the caller who signed it, the route.

import { gunzipSync } from "node:zlib";
import type { Cloud } from "../cloud/cloud.ts";
import type { World } from "../cloud/world.ts";
import { AwsError } from "../kernel/aws-error.ts";
import type { ServiceModel } from "../models/model.ts";
import { checkLength, decodeAwsChunked } from "../protocols/aws-chunked.ts";
import type { Protocol, Route, WireRequest } from "../protocols/protocol.ts";
import { signatureDialect } from "../protocols/sigv4-errors.ts";
import type { parseCredential } from "../protocols/sigv4.ts";
import { connectionPath, isOfConnection } from "./execute-api.ts";
import { readAll, received, type Incoming } from "./exchange.ts";
import { identify, unsigned, type Identified } from "./identify.ts";
import { streamsIn } from "./streaming-payloads.ts";
import { unknownOperation } from "./unknown-operation.ts";

const NO_BYTES = new Uint8Array(0);
const BODY_LIMIT = 320 * 1024 * 1024;

export function isForm(incoming: Incoming): boolean {
  return (
    (incoming.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded") ||
    /(?:^|&)Action=/.test(incoming.query)
  );
}

export type Formed = { readonly form: URLSearchParams | undefined; readonly incoming: Incoming };

/** The query protocols name their API version in the form: it is read before the service is known. */
export async function formOf(incoming: Incoming): Promise<Formed> {
  if (incoming.method === "GET") return { form: new URLSearchParams(incoming.query), incoming };
  const bytes = incoming.bytes ?? (await readAll(incoming.body, BODY_LIMIT));
  // Long forms (templates) are not taken apart twice: Action and Version stand near the front or the end.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const pairs = [...text.matchAll(/(?:^|&)((?:Version|Action)=[^&]*)/g)].map((found) => found[1]);
  return { form: new URLSearchParams(pairs.join("&")), incoming: { ...incoming, bytes } };
}

export type Read = { readonly route: Route; readonly request: WireRequest; readonly identified: Identified };

type Reading = Formed & {
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  readonly credential: ReturnType<typeof parseCredential>;
};

/** The calls of nearly every client: one body, at hand, as it is. */
export function isWhole({ incoming: { bytes, headers }, protocol }: Reading): boolean {
  return bytes !== undefined && !protocol.name.startsWith("rest") && isPlain(headers);
}

export function readWhole(cloud: Cloud, world: World, { incoming, form, model, protocol, credential }: Reading): Read {
  const body = incoming.bytes ?? NO_BYTES;
  const identified = identifyCaller(cloud, world, { incoming, model, credential, body });
  const request = wire(incoming, body);
  const route = protocol.route(model, request);
  if (route === undefined) throw unknownOperation(model, incoming, form);
  return { route, request, identified };
}

/** Reads the body whole, or leaves it a stream where the operation takes one, and proves the caller either way. */
export async function readRequest(
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
