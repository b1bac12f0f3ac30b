// JSON text of a request body as a plain object.
import { utf8 } from "./blob-text.ts";
import { serialisationError } from "./json-mismatch.ts";

/** An empty body is an empty input to every JSON service. */
export const parseJsonBody = (body: Uint8Array): Record<string, unknown> => {
  if (body.byteLength === 0) return {};
  const value = parseJson(utf8(body));
  if (typeof value !== "object" || value === null) throw serialisationError("Unexpected value type in payload");
  if (Array.isArray(value)) throw serialisationError("Start of list found where not expected");
  return value as Record<string, unknown>;
};

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw serialisationError("Unexpected token received from parser");
  }
};
