// Answers of query services as API Gateway gets them: it asks for JSON.

import type { AwsError } from "../kernel/aws-error.ts";
import type { Member, ServiceModel } from "../models/model.ts";
import type { WireResponse } from "../protocols/protocol.ts";
import { isStructure, operationNamed, shapeOf, structureNamed } from "../protocols/schema.ts";

const HEADERS = { "Content-Type": "application/json" };

/** Two lists that SQS has under names of its own. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  "ReceiveMessageResult.Messages": "messages",
  "ListQueuesResult.QueueUrls": "queueUrls",
};

type Output = Readonly<Record<string, unknown>>;

/** All members are there, by their letters; those without a value are null. */
export function queryAnswer(model: ServiceModel, operation: string, output: Output, requestId: string): WireResponse {
  const { members } = structureNamed(model, operationNamed(model, operation).output);
  const name = `${operation}Result`;
  const result = Object.keys(members).length === 0 ? {} : { [name]: whole(model, members, output, name) };
  const body = { [`${operation}Response`]: sorted({ ...result, ResponseMetadata: { RequestId: requestId } }) };
  return { status: 200, headers: { ...HEADERS }, body: JSON.stringify(body) };
}

function whole(model: ServiceModel, members: Readonly<Record<string, Member>>, output: Output, within = ""): Output {
  const named = Object.entries(members).map(([name, member]) => {
    const value = output[name];
    const shown = value === undefined || value === null ? null : plain(model, member, value);
    return [OWN_NAMES[`${within}.${name}`] ?? name, shown] as const;
  });
  return sorted(Object.fromEntries(named));
}

function sorted(members: Output): Output {
  return Object.fromEntries(Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** `xml` is the error as the query protocol has it: codes and statuses differ from those of JSON. */
export function queryError(xml: WireResponse, { code, message, fault }: AwsError, requestId: string): WireResponse {
  const found = typeof xml.body === "string" ? /<Code>([^<]*)<\/Code>/.exec(xml.body)?.[1] : undefined;
  const kind = fault === "client" ? "Sender" : "Receiver";
  const body = { Error: { Code: found ?? code, Message: message, Type: kind }, RequestId: requestId };
  return { status: xml.status, headers: { ...HEADERS }, body: JSON.stringify(body) };
}

/** Bytes are base64, times are seconds. */
function plain(model: ServiceModel, member: Member, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Date) return value.getTime() / 1000;
  const shape = shapeOf(model, member);
  if (shape.type === "list" && Array.isArray(value)) return value.map((each) => plain(model, shape.member, each));
  if (typeof value !== "object" || value === null) return value;
  if (isStructure(shape)) return whole(model, shape.members, value as Output);
  if (shape.type !== "map") return value;
  const entries = Object.entries(value).map(([name, each]) => [name, plain(model, shape.value, each)] as const);
  return Object.fromEntries(entries);
}
