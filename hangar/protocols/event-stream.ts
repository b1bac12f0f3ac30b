// Event streams as AWS frames them (vnd.amazon.eventstream): typed events in, framed bytes out.
import { crc32 } from "node:zlib";
import { AwsError } from "../kernel/aws-error.ts";
import type { Member, ServiceModel } from "../models/model.ts";
import { isBytes } from "./blob-text.ts";
import { encodeCbor } from "./cbor-data.ts";
import { jsonWriters } from "./json-write.ts";
import { errorShape, isStructure, oncePerModel, shapeOf, structureNamed } from "./schema.ts";
import { formatText } from "./text-values.ts";
import { xmlDocument } from "./xml-write.ts";

export const eventStreamType = "application/vnd.amazon.eventstream";

type EventHeaders = Readonly<Record<string, string>>;
type EventFormat = "json" | "xml" | "cbor";
/** `initial` is the rest of an RPC output: the first message of its stream. */
type Encoding = {
  readonly format: EventFormat;
  readonly initial?: { readonly contentType: string; readonly body: string | Uint8Array };
};
export type StreamMember = { readonly name: string; readonly member: Member };

const stringHeader = 7;

const headerBytes = (headers: EventHeaders): Buffer =>
  Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const text = Buffer.from(value, "utf8");
      const key = Buffer.from(name, "utf8");
      const bytes = Buffer.alloc(1 + key.length + 3 + text.length);
      bytes.writeUInt8(key.length, 0);
      key.copy(bytes, 1);
      bytes.writeUInt8(stringHeader, 1 + key.length);
      bytes.writeUInt16BE(text.length, 2 + key.length);
      text.copy(bytes, 4 + key.length);
      return bytes;
    }),
  );

/** Prelude (total length, headers length, its CRC), headers, payload, CRC of all before it. */
const eventMessage = (headers: EventHeaders, payload: Uint8Array): Uint8Array => {
  const head = headerBytes(headers);
  const total = 16 + head.length + payload.byteLength;
  const message = Buffer.alloc(total);
  message.writeUInt32BE(total, 0);
  message.writeUInt32BE(head.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  head.copy(message, 12);
  message.set(payload, 12 + head.length);
  message.writeUInt32BE(crc32(message.subarray(0, total - 4)), total - 4);
  return message;
};

const streamMembers = oncePerModel((model) => {
  const found = new Map<string, StreamMember>();
  for (const [operation, { output }] of Object.entries(model.operations)) {
    for (const [name, member] of Object.entries(structureNamed(model, output).members)) {
      if (member.streaming && member.target !== undefined) found.set(operation, { name, member });
    }
  }
  return found;
});

/** The output member that is an event stream, where the operation has one. */
export const eventStreamMember = (model: ServiceModel, operation: string): StreamMember | undefined =>
  streamMembers(model).get(operation);

type Payload = { readonly contentType?: string; readonly bytes: Uint8Array; readonly headers?: EventHeaders };

const text = (value: string): Uint8Array => Buffer.from(value, "utf8");

const structured = (model: ServiceModel, target: string, value: unknown, format: EventFormat): Payload => {
  if (format === "xml")
    return {
      contentType: "text/xml",
      bytes: text(xmlDocument(model, { name: target, target, declaration: false }, value)),
    };
  if (format === "cbor")
    return {
      contentType: "application/x-amz-cbor-1.1",
      bytes: encodeCbor(jsonWriters(model, "cbor").value({ target })(value), "milliseconds"),
    };
  return {
    contentType: "application/json",
    bytes: text(JSON.stringify(jsonWriters(model, "rest").value({ target })(value))),
  };
};

const raw = (value: unknown): Payload =>
  isBytes(value)
    ? { contentType: "application/octet-stream", bytes: value }
    : { contentType: "text/plain", bytes: text(typeof value === "string" ? value : "") };

/** An event's payload is one member when bound so, else the structure; members bound to headers leave it. */
const payloadOf = (
  model: ServiceModel,
  target: string,
  event: Readonly<Record<string, unknown>>,
  format: EventFormat,
): Payload => {
  const members = Object.entries(structureNamed(model, target).members);
  const headers = Object.fromEntries(
    members.flatMap(([name, { eventHeader }]) =>
      eventHeader && event[name] !== undefined ? [[name, formatText(event[name], {}, "date-time")]] : [],
    ),
  );
  const bound = members.find(([, member]) => member.eventPayload);
  if (bound !== undefined) {
    const [name, member] = bound;
    const held =
      isStructure(shapeOf(model, member)) && member.target !== undefined
        ? structured(model, member.target, event[name], format)
        : raw(event[name]);
    return { ...held, headers };
  }
  if (members.length === 0) return { bytes: new Uint8Array(0) };
  const rest = Object.fromEntries(Object.entries(event).filter(([name]) => !(name in headers)));
  return { ...structured(model, target, rest, format), headers };
};

const eventBytes = (
  model: ServiceModel,
  stream: StreamMember,
  event: Readonly<Record<string, unknown>>,
  format: EventFormat,
): Uint8Array => {
  const kind = Object.keys(event).find((name) => event[name] != null);
  const union = shapeOf(model, stream.member);
  const member = kind === undefined || !isStructure(union) ? undefined : union.members[kind];
  if (kind === undefined || member?.target === undefined)
    throw new Error(`${String(kind)} is no event of ${stream.name}`);
  const { contentType, bytes, headers } = payloadOf(
    model,
    member.target,
    event[kind] as Record<string, unknown>,
    format,
  );
  const isError = structureNamed(model, member.target).error !== undefined;
  return eventMessage(
    {
      ...(isError ? { ":exception-type": kind } : { ":event-type": kind }),
      ...(contentType === undefined ? {} : { ":content-type": contentType }),
      ":message-type": isError ? "exception" : "event",
      ...headers,
    },
    bytes,
  );
};

/** An error of the operation after its headers went out travels as a message of the stream. */
const errorBytes = (model: ServiceModel, stream: StreamMember, error: unknown, format: EventFormat): Uint8Array => {
  const failure =
    error instanceof AwsError ? error : new AwsError("InternalFailure", "An internal error occurred.", { status: 500 });
  const union = shapeOf(model, stream.member);
  const shape = errorShape(model, failure.code);
  const member = isStructure(union)
    ? Object.entries(union.members).find(([, { target }]) => target !== undefined && target === shape?.name)
    : undefined;
  if (member === undefined)
    return eventMessage(
      { ":message-type": "error", ":error-code": failure.code, ":error-message": failure.message },
      new Uint8Array(0),
    );
  const body = { message: failure.message, ...failure.members };
  const [contentType, bytes] =
    format === "cbor"
      ? ["application/x-amz-cbor-1.1", encodeCbor(body, "milliseconds")]
      : ["application/json", text(JSON.stringify(body))];
  return eventMessage(
    { ":exception-type": member[0], ":content-type": contentType, ":message-type": "exception" },
    bytes,
  );
};

export async function* encodeEvents(
  model: ServiceModel,
  stream: StreamMember,
  events: unknown,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  if (encoding.initial !== undefined) {
    const { contentType, body } = encoding.initial;
    yield eventMessage(
      { ":event-type": "initial-response", ":content-type": contentType, ":message-type": "event" },
      typeof body === "string" ? text(body) : body,
    );
  }
  try {
    for await (const event of (events ?? []) as AsyncIterable<Record<string, unknown>>)
      yield eventBytes(model, stream, event, encoding.format);
  } catch (error) {
    yield errorBytes(model, stream, error, encoding.format);
  }
}
