// Answers of query services as API Gateway gets them: it asks for JSON.

import type { AwsError } from "../kernel/aws-error.ts";
import type { WireResponse } from "../protocols/protocol.ts";

const HEADERS = { "Content-Type": "application/json" };

export function queryAnswer(operation: string, output: Record<string, unknown>, requestId: string): WireResponse {
  const result = Object.keys(output).length === 0 ? {} : { [`${operation}Result`]: plain(output) };
  const body = { [`${operation}Response`]: { ...result, ResponseMetadata: { RequestId: requestId } } };
  return { status: 200, headers: { ...HEADERS }, body: JSON.stringify(body) };
}

/** `xml` is the error as the query protocol has it: codes and statuses differ from those of JSON. */
export function queryError(xml: WireResponse, { code, message, fault }: AwsError, requestId: string): WireResponse {
  const found = typeof xml.body === "string" ? /<Code>([^<]*)<\/Code>/.exec(xml.body)?.[1] : undefined;
  const kind = fault === "client" ? "Sender" : "Receiver";
  const body = { Error: { Code: found ?? code, Message: message, Type: kind }, RequestId: requestId };
  return { status: xml.status, headers: { ...HEADERS }, body: JSON.stringify(body) };
}

/** Bytes are base64, times are seconds. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}
