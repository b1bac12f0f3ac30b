// What a call was given and answered, as plain data to be scrubbed and written: bytes and long texts by digest and length.

import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import { MARKED_SECRET } from "../kernel/secret-names.ts";

/** Longer ones are told by digest and length. */
const LONGEST = 16 * 1024;
const DEEPEST = 40;
/** What the SDK's own log filter puts where its models have a sensitive member. */
export const FILTERED = "***SensitiveInformation***";

/** What AWS's models mark as secret. */
export class Secret {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** Bytes that pass by, without reading any: what nobody reads has no digest. */
export class Passing {
  readonly #hash = createHash("sha256");
  #length = 0;
  #ended = false;

  constructor(stream: object) {
    // A stream's own `on` would start it.
    const listen = EventEmitter.prototype.on.bind(stream as EventEmitter);
    listen("data", (chunk: Uint8Array | string) => {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      this.#hash.update(bytes);
      this.#length += bytes.length;
    });
    listen("end", () => (this.#ended = true));
  }

  /** To be asked once. */
  seen(): unknown {
    return this.#ended ? digest(this.#hash.digest("hex"), this.#length) : { "<stream>": "not read to its end" };
  }
}

/** `filtered` is the same value as the SDK would log it. */
export function plainValue(value: unknown, filtered: unknown = value, name = "", depth = 0): unknown {
  if (filtered === FILTERED && value !== FILTERED && MARKED_SECRET.test(name)) return new Secret(plainValue(value));
  if (typeof value === "string") return value.length > LONGEST ? digestOf(Buffer.from(value)) : value;
  if (typeof value === "bigint") return String(value);
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return "<time>";
  if (value instanceof Uint8Array) return plainBytes(value);
  if (value instanceof ArrayBuffer) return plainBytes(new Uint8Array(value));
  if (isStream(value)) return value instanceof EventEmitter ? new Passing(value) : { "<stream>": "" };
  if (depth > DEEPEST) return "<deep>";
  const below = (each: unknown, key: string | number): unknown =>
    plainValue(each, partOf(filtered, key), typeof key === "string" ? key : name, depth + 1);
  if (Array.isArray(value)) return value.map((each: unknown, at) => below(each, at) ?? null);
  if (value instanceof Set) return plainValue([...(value as Set<unknown>)], filtered, name, depth);
  if (value instanceof Map) return plainValue(Object.fromEntries(value as Map<string, unknown>), filtered, name, depth);
  const entries = Object.entries(value).map(([key, each]) => [key, below(each, key)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

/** A part is sensitive where its whole is. */
function partOf(filtered: unknown, key: string | number): unknown {
  if (filtered === FILTERED) return FILTERED;
  return (filtered as Readonly<Record<string | number, unknown>> | null | undefined)?.[key];
}

function isStream(value: object): boolean {
  return Symbol.asyncIterator in value || "getReader" in value || "stream" in value;
}

export function plainBytes(bytes: Uint8Array): unknown {
  if (bytes.length <= LONGEST) {
    const text = textOf(bytes);
    if (text !== undefined) return { "<bytes>": text };
  }
  return digestOf(bytes);
}

/** Undefined for what nobody would read. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function digestOf(bytes: Uint8Array): unknown {
  return digest(createHash("sha256").update(bytes).digest("hex"), bytes.length);
}

function digest(sha256: string, length: number): unknown {
  return { "<sha256>": sha256, "<length>": length };
}
