// rpcv2Cbor: the operation in the path, everything else in one CBOR map.
import { createRequire } from "node:module";
import type { Decoder, Encoder } from "cbor-x";
import type { ServiceModel } from "../models/model.ts";
import { encodeEvents, eventStreamMember, eventStreamType } from "./event-stream.ts";
import { jsonErrorMembers, modelledStatus, qualifiedType, queryErrorHeader } from "./json-errors.ts";
import { serialisationError } from "./json-mismatch.ts";
import { jsonReaders } from "./json-read.ts";
import { jsonWriters } from "./json-write.ts";
import type { Protocol, ResponseFacts } from "./protocol.ts";
import { errorShape, operationNamed } from "./schema.ts";

// One instance each: they hold buffers and compiled state. Records and Map tags are cbor-x's own, not Smithy's.
const options = { useRecords: false, mapsAsObjects: true, tagUint8Array: false, variableMapSize: true };
type Codec = { readonly encoder: Encoder; readonly decoder: Decoder };
let codec: Codec | undefined;

/** Loaded by the first caller that speaks CBOR: the package costs every start 17 ms, and most never do. */
const loaded = (): Codec => {
  if (codec === undefined) {
    const cborX = createRequire(import.meta.url)("cbor-x") as typeof import("cbor-x");
    codec = { encoder: new cborX.Encoder(options), decoder: new cborX.Decoder(options) };
  }
  return codec;
};

/** The encoder's buffer is its own: what leaves is a copy. */
const encode = (value: unknown): Uint8Array => new Uint8Array(loaded().encoder.encode(value));

const decode = (body: Uint8Array): unknown => {
  if (body.byteLength === 0) return {};
  try {
    return loaded().decoder.decode(body) as unknown;
  } catch {
    throw serialisationError("Unexpected value type in payload");
  }
};

const noLabels: Readonly<Record<string, string>> = Object.freeze({});
const path = /\/service\/[^/]+\/operation\/([A-Za-z0-9_]+)\/?$/;

const head = (facts: ResponseFacts, contentType = "application/cbor"): Record<string, string> => ({
  "x-amzn-requestid": facts.requestId,
  "smithy-protocol": "rpc-v2-cbor",
  "content-type": contentType,
});

const prepared = (model: ServiceModel, shape: string | undefined, output: Record<string, unknown>): unknown =>
  shape === undefined ? {} : jsonWriters(model, "cbor").body(shape)(output);

export const rpcv2Cbor: Protocol = {
  name: "rpcv2Cbor",
  route(model, request) {
    const operation = path.exec(request.path)?.[1];
    return operation !== undefined && Object.hasOwn(model.operations, operation)
      ? { operation, labels: noLabels }
      : undefined;
  },
  parse(model, route, request) {
    const { input } = operationNamed(model, route.operation);
    return input === undefined
      ? {}
      : (jsonReaders(model, "cbor").body(input)(decode(request.body)) as Record<string, unknown>);
  },
  serialise(model, operation, output, facts) {
    const body = encode(prepared(model, operationNamed(model, operation).output, output));
    const stream = eventStreamMember(model, operation);
    if (stream === undefined) return { status: 200, headers: head(facts), body };
    return {
      status: 200,
      headers: head(facts, eventStreamType),
      body: encodeEvents(model, stream, output[stream.name], { format: "json" }),
    };
  },
  serialiseError(model, _operation, error, facts) {
    const shape = errorShape(model, error.code);
    const body = { __type: qualifiedType(model, error.code, shape), ...jsonErrorMembers(model, error, "cbor") };
    return {
      status: modelledStatus(model, error),
      headers: { ...head(facts), ...queryErrorHeader(model, error) },
      body: encode(body),
    };
  },
};
