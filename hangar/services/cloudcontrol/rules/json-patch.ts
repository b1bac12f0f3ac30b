// JSON Patch (RFC 6902), as UpdateResource takes it.

import { invalidRequest } from "../errors.ts";

type Step = { readonly op: string; readonly path: string; readonly value?: unknown; readonly from?: string };

export function applyPatch(document: unknown, text: string): unknown {
  let steps: unknown;
  try {
    steps = JSON.parse(text);
  } catch {
    throw invalidRequest("The patch document is not valid JSON.");
  }
  if (!Array.isArray(steps)) throw invalidRequest("The patch document must be a list of operations.");
  return (steps as readonly Step[]).reduce(applyStep, structuredClone(document));
}

function applyStep(document: unknown, step: Step): unknown {
  switch (step.op) {
    case "add":
    case "replace":
      return withValue(document, pathOf(step.path), step.value, step.op);
    case "remove":
      return without(document, pathOf(step.path));
    case "copy":
      return withValue(document, pathOf(step.path), structuredClone(valueAt(document, pathOf(step.from ?? ""))), "add");
    case "move": {
      const value = valueAt(document, pathOf(step.from ?? ""));
      return withValue(without(document, pathOf(step.from ?? "")), pathOf(step.path), value, "add");
    }
    case "test":
      if (JSON.stringify(valueAt(document, pathOf(step.path))) !== JSON.stringify(step.value))
        throw invalidRequest(`The test of ${step.path} failed.`);
      return document;
    default:
      throw invalidRequest(`Unknown patch operation '${step.op}'.`);
  }
}

function pathOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    document,
  );
}

type Container = { readonly holder: Record<string, unknown> | unknown[]; readonly last: string };

function containerOf(document: unknown, path: readonly string[]): Container {
  const last = path.at(-1);
  const holder = valueAt(document, path.slice(0, -1));
  if (last === undefined || typeof holder !== "object" || holder === null)
    throw invalidRequest(`The path /${path.join("/")} does not exist.`);
  return { holder: holder as Container["holder"], last };
}

function withValue(document: unknown, path: readonly string[], value: unknown, verb: "add" | "replace"): unknown {
  if (path.length === 0) return value;
  const { holder, last } = containerOf(document, path);
  if (!Array.isArray(holder)) holder[last] = value;
  else if (verb === "replace") holder[Number(last)] = value;
  else holder.splice(last === "-" ? holder.length : Number(last), 0, value);
  return document;
}

function without(document: unknown, path: readonly string[]): unknown {
  const { holder, last } = containerOf(document, path);
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return document;
}
