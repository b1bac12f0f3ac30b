// awsCbor1_1: awsJson1_1 in CBOR, which the Java SDKs speak to Kinesis; its times are milliseconds.
import type { ServiceModel } from "../models/model.ts";
import { decodeCbor, encodeCbor } from "./cbor-data.ts";
import { encodeEvents, eventStreamMember, eventStreamType } from "./event-stream.ts";
import { jsonErrorMembers, qualifiedType } from "./json-errors.ts";
import { serialisationError } from "./json-mismatch.ts";
import { jsonReaders } from "./json-read.ts";
import { jsonWriters } from "./json-write.ts";
import { awsJson1_1 } from "./json.ts";
import type { Protocol, ResponseFacts } from "./protocol.ts";
import { errorShape, operationNamed } from "./schema.ts";

const contentType = "application/x-amz-cbor-1.1";

const decode = (body: Uint8Array): unknown => {
  if (body.byteLength === 0) return {};
  try {
    return decodeCbor(body, "milliseconds");
  } catch {
    throw serialisationError("Unexpected value type in payload");
  }
};

const head = (facts: ResponseFacts, type = contentType): Record<string, string> => ({
  "x-amzn-requestid": facts.requestId,
  "content-type": type,
});

const encoded = (model: ServiceModel, shape: string, output: Record<string, unknown>): Uint8Array =>
  encodeCbor(jsonWriters(model, "cbor").body(shape)(output), "milliseconds");

export const awsCbor1_1: Protocol = {
  name: "awsCbor1_1",
  route: awsJson1_1.route,
  parse(model, route, request) {
    const { input } = operationNamed(model, route.operation);
    return input === undefined
      ? {}
      : (jsonReaders(model, "cbor").body(input)(decode(request.body)) as Record<string, unknown>);
  },
  serialise(model, operation, output, facts) {
    const { output: shape } = operationNamed(model, operation);
    // An operation without an output answers nothing at all.
    const body = shape === undefined ? new Uint8Array(0) : encoded(model, shape, output);
    const stream = eventStreamMember(model, operation);
    if (stream === undefined) return { status: 200, headers: head(facts), body };
    return {
      status: 200,
      headers: head(facts, eventStreamType),
      body: encodeEvents(model, stream, output[stream.name], { format: "cbor", initial: { contentType, body } }),
    };
  },
  serialiseError(model, _operation, error, facts) {
    const shape = errorShape(model, error.code);
    const body = { __type: qualifiedType(model, error.code, shape), ...jsonErrorMembers(model, error, "cbor") };
    return { status: error.status, headers: head(facts), body: encodeCbor(body, "milliseconds") };
  },
};
