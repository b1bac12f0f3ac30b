// A broken constraint in AWS's words: `Value 'x' at 'queueName' failed to satisfy constraint: Member must …`.

import type { Member } from "../models/model.ts";
import type { Violation } from "../cloud/service.ts";

export function violation(
  kind: Violation["kind"],
  of: { readonly name: string; readonly member: Member },
  facts: { value: unknown; path: string; text: string },
): Violation {
  const { value, path, text } = facts;
  // Secrets and bytes are not repeated.
  const hidden = of.member.sensitive === true || value instanceof Uint8Array;
  const shown = value === undefined ? "Value null" : hidden ? "Value" : `Value '${show(value)}'`;
  return { kind, member: of.name, path, value, message: `${shown} at '${path}' failed to satisfy constraint: ${text}` };
}

/** AWS prints values the Java way: lists as [a, b], structures as their Java text, which nobody relies on. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (value !== null && typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, each]) => `${key}=${show(each)}`)
      .join(", ")}}`;
  return String(value);
}
