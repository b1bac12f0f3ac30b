// The bodies REST operations have beside JSON and XML: bytes, text and streams.
import type { ServiceModel } from "../models/model.ts";
import { isBytes, utf8 } from "./blob-text.ts";
import { encodeEvents, eventStreamMember, eventStreamType } from "./event-stream.ts";
import type { WireRequest, WireResponse } from "./protocol.ts";
import type { Bound } from "./rest-bindings.ts";
import { shapeOf } from "./schema.ts";

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}

/** A blob or string payload of a request; undefined when the payload is a structure or is not there. */
export const readRawPayload = (model: ServiceModel, { member }: Bound, request: WireRequest): unknown => {
  const shape = shapeOf(model, member);
  if (shape.type === "blob") {
    if (member.streaming) return request.stream ?? once(request.body);
    return request.body.byteLength === 0 ? undefined : request.body;
  }
  if (shape.type === "string")
    return request.body.byteLength === 0 && request.headers["content-type"] === undefined
      ? undefined
      : utf8(request.body);
  return undefined;
};

export const isRawPayload = (model: ServiceModel, { member }: Bound): boolean =>
  ["blob", "string"].includes(shapeOf(model, member).type);

type RawBody = { readonly contentType: string; readonly body: WireResponse["body"] };

const isStream = (value: unknown): value is AsyncIterable<Uint8Array> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** Undefined when the payload is a structure: the protocol writes those. */
export const writeRawPayload = (
  model: ServiceModel,
  operation: string,
  { member }: Bound,
  value: unknown,
): RawBody | undefined => {
  const stream = eventStreamMember(model, operation);
  if (stream !== undefined) {
    const format = model.protocols[0] === "restXml" ? "xml" : "json";
    return { contentType: eventStreamType, body: encodeEvents(model, stream, value, { format }) };
  }
  const shape = shapeOf(model, member);
  if (shape.type !== "blob" && shape.type !== "string") return undefined;
  const contentType = shape.type === "string" ? "text/plain" : "application/octet-stream";
  if (typeof value === "string" || isBytes(value) || isStream(value)) return { contentType, body: value };
  return { contentType, body: "" };
};
