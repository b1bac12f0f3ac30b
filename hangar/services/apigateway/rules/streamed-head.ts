// What a function writes before a response that it streams: JSON of status and headers, then eight zero bytes.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html

import { parsedJson } from "../../../kernel/parsed-json.ts";
import { proxyResponse, type ProxyResponse } from "./proxy-response.ts";

const END = Buffer.alloc(8);
/** By then the end of the head must have come. */
const MOST = 16 * 1024;

export type StreamedHead = Pick<ProxyResponse, "status" | "headers"> & {
  /** What came of the body with it. */
  readonly begun: Uint8Array;
};

/** Undefined for what is no head, `more` where its end has not come yet. */
export function streamedHead(bytes: Buffer): StreamedHead | "more" | undefined {
  const end = bytes.subarray(0, MOST).indexOf(END);
  if (end === -1) return bytes.length < MOST ? "more" : undefined;
  const value = parsedJson(bytes.toString("utf8", 0, end));
  if (typeof value !== "object" || value === null) return undefined;
  const { statusCode, headers, multiValueHeaders, cookies = [] } = value as Readonly<Record<string, unknown>>;
  const answer = proxyResponse(JSON.stringify({ statusCode: statusCode ?? 200, headers, multiValueHeaders }));
  if (answer === undefined || !Array.isArray(cookies)) return undefined;
  const set = cookies.map((cookie) => ["Set-Cookie", String(cookie)] as const);
  return { status: answer.status, headers: [...answer.headers, ...set], begun: bytes.subarray(end + END.length) };
}
