// restJson1: labels, query and headers, and JSON in the body.
import type { ServiceModel } from "../models/model.ts";
import { parseJson, parseJsonBody } from "./json-body.ts";
import { jsonErrorMembers, modelledStatus } from "./json-errors.ts";
import { jsonReaders } from "./json-read.ts";
import { jsonWriters } from "./json-write.ts";
import { utf8 } from "./blob-text.ts";
import type { Protocol, ResponseFacts, WireRequest, WireResponse } from "./protocol.ts";
import { bindingsOf, type Bindings } from "./rest-bindings.ts";
import { readHead, writeHeaders } from "./rest-head.ts";
import { isRawPayload, readRawPayload, writeRawPayload } from "./rest-payload.ts";
import { restRoute } from "./rest-route.ts";
import { errorShape, operationNamed } from "./schema.ts";

const jsonType = "application/json";

const readPayload = (model: ServiceModel, bindings: Bindings, request: WireRequest): Record<string, unknown> => {
  const { payload } = bindings;
  if (payload === undefined) return {};
  if (isRawPayload(model, payload)) {
    const raw = readRawPayload(model, payload, request);
    return raw === undefined ? {} : { [payload.name]: raw };
  }
  if (request.body.byteLength === 0) return {};
  return { [payload.name]: jsonReaders(model, "rest").payload(payload.member)(parseJson(utf8(request.body))) };
};

const bodyOf = (
  model: ServiceModel,
  operation: string,
  output: Record<string, unknown>,
): { contentType?: string; body: WireResponse["body"] } => {
  const { output: shape, http } = operationNamed(model, operation);
  const bindings = bindingsOf(model, shape);
  const { payload } = bindings;
  if (payload !== undefined) {
    const held = output[payload.name];
    const raw = writeRawPayload(model, operation, payload, held);
    if (raw !== undefined) return held === undefined ? { body: "" } : raw;
    return held === undefined
      ? { body: "" }
      : { contentType: jsonType, body: JSON.stringify(jsonWriters(model, "rest").value(payload.member)(held)) };
  }
  if (shape === undefined || http?.code === 204) return { body: "" };
  if (!bindings.hasOutputBody) return { contentType: jsonType, body: Object.keys(output).length > 0 ? "" : "{}" };
  return { contentType: jsonType, body: JSON.stringify(jsonWriters(model, "rest").body(shape)(output)) };
};

const statusOf = (model: ServiceModel, operation: string, output: Record<string, unknown>): number => {
  const { output: shape, http } = operationNamed(model, operation);
  const { statusCode } = bindingsOf(model, shape);
  const chosen = statusCode === undefined ? undefined : output[statusCode.name];
  return typeof chosen === "number" ? chosen : (http?.code ?? 200);
};

const head = (facts: ResponseFacts, contentType: string | undefined): Record<string, string> => ({
  "x-amzn-requestid": facts.requestId,
  ...(contentType === undefined ? {} : { "content-type": contentType }),
});

export const restJson1: Protocol = {
  name: "restJson1",
  route: (model, request) => restRoute(model, request),
  parse(model, route, request) {
    const { input } = operationNamed(model, route.operation);
    const bindings = bindingsOf(model, input);
    const members = readHead(model, route, request);
    if (bindings.payload !== undefined) return Object.assign(members, readPayload(model, bindings, request));
    if (input === undefined || !bindings.hasInputBody || request.body.byteLength === 0) return members;
    return Object.assign(members, jsonReaders(model, "rest").body(input)(parseJsonBody(request.body)));
  },
  serialise(model, operation, output, facts) {
    const { output: shape } = operationNamed(model, operation);
    const { contentType, body } = bodyOf(model, operation, output);
    return {
      status: statusOf(model, operation, output),
      headers: { ...head(facts, contentType), ...writeHeaders(model, shape, output) },
      body,
    };
  },
  serialiseError(model, _operation, error, facts) {
    const shape = errorShape(model, error.code);
    return {
      status: modelledStatus(model, error),
      headers: {
        ...head(facts, jsonType),
        "x-amzn-errortype": shape?.name ?? error.code,
        ...writeHeaders(model, shape?.name, error.members),
      },
      body: JSON.stringify(jsonErrorMembers(model, error, "rest")),
    };
  },
};
