// Payload format 2.0: a handler's answer as an HTTP response.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads

import type { HttpResponse } from "../../../cloud/service.ts";
import type { Outcome } from "../engine/deployment.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";

export const PRELUDE_END = Buffer.alloc(8);

const FAILED: HttpResponse = {
  status: 502,
  headers: { "content-type": "application/json" },
  body: "Internal Server Error",
};

export function urlResponse(outcome: Outcome): HttpResponse {
  if (outcome.functionError !== undefined) return FAILED;
  if (outcome.contentType === "application/vnd.awslambda.http-integration-response")
    return integrationResponse(outcome.payload);
  const text = Buffer.from(outcome.payload).toString("utf8");
  const value = parsedJson(text, text);
  if (typeof value === "object" && value !== null) {
    const structured: Structured = value;
    if ((structured.statusCode ?? null) !== null) return structuredResponse(structured);
  }
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: typeof value === "string" ? value : text,
  };
}

type Structured = {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly cookies?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
};

/** What no response can be made of has failed like a handler that throws. */
function structuredResponse(answer: Structured): HttpResponse {
  const status = Number(answer.statusCode);
  const given = answer.headers ?? {};
  const cookies = answer.cookies ?? [];
  if (!Number.isInteger(status) || status < 100 || status > 599) return FAILED;
  if (typeof given !== "object" || Array.isArray(given) || !isTexts(cookies)) return FAILED;
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(given)) headers[name.toLowerCase()] = String(value);
  headers["content-type"] ??= "application/json";
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  const body =
    answer.body === undefined || answer.body === null
      ? ""
      : typeof answer.body === "string"
        ? answer.body
        : JSON.stringify(answer.body);
  return {
    status,
    headers,
    body: answer.isBase64Encoded === true ? Buffer.from(body, "base64") : body,
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

/** A streamed answer with its prelude: JSON, eight zero bytes, body. */
function integrationResponse(payload: Uint8Array): HttpResponse {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const end = bytes.indexOf(PRELUDE_END);
  if (end === -1) return { status: 200, headers: {}, body: bytes };
  return { ...preludeHead(bytes.subarray(0, end)), body: bytes.subarray(end + PRELUDE_END.length) };
}

/** Status and headers of a prelude: the JSON that HttpResponseStream.from writes first. */
export function preludeHead(json: Uint8Array): Pick<HttpResponse, "status" | "headers"> {
  const prelude = parsedJson(Buffer.from(json).toString("utf8")) as Structured;
  const { status, headers } = structuredResponse({ statusCode: 200, ...prelude, body: "" });
  return { status, headers };
}
