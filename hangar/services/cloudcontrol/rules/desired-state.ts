// The properties that a request wants, from their JSON text.

import { invalidRequest } from "../errors.ts";

export function desiredState(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidRequest("The desired state is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidRequest("The desired state must be a JSON object.");
  return value as Readonly<Record<string, unknown>>;
}
