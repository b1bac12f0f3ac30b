// rpcv2Cbor: the operation in the path, everything else in one CBOR map.
import type { ServiceModel } from "../models/model.ts";
import { decodeCbor, encodeCbor } from "./cbor-data.ts";
import { encodeEvents, eventStreamMember, eventStreamType } from "./event-stream.ts";
import { jsonErrorMembers, modelledStatus, qualifiedType, queryErrorHeader } from "./json-errors.ts";
import { serialisationError } from "./json-mismatch.ts";
import { jsonReaders } from "./json-read.ts";
import { jsonWriters } from "./json-write.ts";
import type { Protocol, ResponseFacts } from "./protocol.ts";
import { errorShape, operationNamed } from "./schema.ts";

const decode = (body: Uint8Array): unknown => {
  if (body.byteLength === 0) return {};
  try {
    return decodeCbor(body);
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
    const body = encodeCbor(prepared(model, operationNamed(model, operation).output, output));
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
      body: encodeCbor(body),
    };
  },
};
