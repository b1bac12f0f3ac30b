// What a function behind a proxy integration may answer.

import { parsedJson } from "../../../kernel/parsed-json.ts";

const MEMBERS = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

export type ProxyResponse = {
  readonly status: number;
  /** In order; a name may come again. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly isBase64: boolean;
};

/** Undefined for what API Gateway calls a malformed Lambda proxy response. */
export function proxyResponse(payload: string): ProxyResponse | undefined {
  const answer = parsedJson(payload);
  if (!isMap(answer)) return undefined;
  const names = Object.keys(answer);
  if (names.length === 0 || names.some((name) => !MEMBERS.has(name))) return undefined;
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = answer;
  const status =
    typeof statusCode === "number"
      ? statusCode
      : typeof statusCode === "string" && statusCode !== ""
        ? Number(statusCode)
        : Number.NaN;
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  const merged = mergedHeaders(headers, multiValueHeaders);
  if (merged === undefined) return undefined;
  return { status, headers: merged, body: body ?? "", isBase64: isBase64Encoded === true };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Both kinds count; a single value that the list has already is not said twice. */
function mergedHeaders(single: unknown, multi: unknown): (readonly [string, string])[] | undefined {
  const out: (readonly [string, string])[] = [];
  if (multi !== undefined && multi !== null) {
    if (!isMap(multi)) return undefined;
    for (const [name, values] of Object.entries(multi)) {
      if (!Array.isArray(values)) return undefined;
      for (const value of values) out.push([name, String(value)]);
    }
  }
  if (single === undefined || single === null) return out;
  if (!isMap(single)) return undefined;
  for (const [name, value] of Object.entries(single)) {
    if (value === null || value === undefined) continue;
    if (typeof value === "object") return undefined;
    const said = out.some(
      ([other, known]) => other.toLowerCase() === name.toLowerCase() && known === String(value as string),
    );
    if (!said) out.push([name, String(value as string | number | boolean)]);
  }
  return out;
}
