// awsJson1_0 and awsJson1_1: the operation in X-Amz-Target, everything else in one JSON body.
import { crc32 } from "node:zlib";
import type { ServiceModel } from "../models/model.ts";
import { encodeEvents, eventStreamMember, eventStreamType } from "./event-stream.ts";
import { parseJsonBody } from "./json-body.ts";
import { jsonErrorMembers, qualifiedType, queryErrorHeader } from "./json-errors.ts";
import { jsonReaders } from "./json-read.ts";
import { jsonWriters } from "./json-write.ts";
import type { Protocol, ResponseFacts, WireResponse } from "./protocol.ts";
import { errorShape, operationNamed } from "./schema.ts";

const noLabels: Readonly<Record<string, string>> = Object.freeze({});

/** CloudTrail's target has a dotted prefix, so only the last segment counts. */
const targetOperation = (target: string): string => target.slice(target.lastIndexOf(".") + 1);

/** DynamoDB alone sends a checksum of the body, which its SDKs verify. */
const checksummed: ReadonlySet<string> = new Set(["dynamodb", "dynamodbstreams"]);

const answer = (model: ServiceModel, contentType: string, facts: ResponseFacts, body: string): WireResponse => {
  const headers: Record<string, string> = { "x-amzn-requestid": facts.requestId, "content-type": contentType };
  if (checksummed.has(model.service)) headers["x-amz-crc32"] = String(crc32(body));
  return { status: 200, headers, body };
};

const awsJson = (name: "awsJson1_0" | "awsJson1_1"): Protocol => {
  const contentType = name === "awsJson1_0" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
  return {
    name,
    route(model, request) {
      const operation = targetOperation(request.headers["x-amz-target"] ?? "");
      return Object.hasOwn(model.operations, operation) ? { operation, labels: noLabels } : undefined;
    },
    parse(model, route, request) {
      const body = parseJsonBody(request.body);
      const { input } = operationNamed(model, route.operation);
      return input === undefined ? {} : (jsonReaders(model, "rpc").body(input)(body) as Record<string, unknown>);
    },
    serialise(model, operation, output, facts) {
      const { output: shape } = operationNamed(model, operation);
      const prepared = shape === undefined ? {} : jsonWriters(model, "rpc").body(shape)(output);
      const stream = eventStreamMember(model, operation);
      // An operation without an output answers nothing at all.
      if (stream === undefined)
        return answer(model, contentType, facts, shape === undefined ? "" : JSON.stringify(prepared));
      const initial = { contentType, body: JSON.stringify(prepared) };
      return {
        status: 200,
        headers: { "x-amzn-requestid": facts.requestId, "content-type": eventStreamType },
        body: encodeEvents(model, stream, output[stream.name], { format: "json", initial }),
      };
    },
    serialiseError(model, _operation, error, facts) {
      const shape = errorShape(model, error.code);
      const body = { __type: qualifiedType(model, error.code, shape), ...jsonErrorMembers(model, error, "rpc") };
      const response = answer(model, contentType, facts, JSON.stringify(body));
      Object.assign(response.headers, queryErrorHeader(model, error));
      // These services answer 400 where their models say 404 or 409 (recorded from KMS and Cloud Control).
      const status = error.status === 400 && shape?.facts.fault === "server" ? shape.facts.status : error.status;
      return { ...response, status };
    },
  };
};

export const awsJson1_0: Protocol = awsJson("awsJson1_0");
export const awsJson1_1: Protocol = awsJson("awsJson1_1");
