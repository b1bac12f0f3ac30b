// Rows as JSON text and back: plain JSON values, with bytes as {"$bytes": base64}, dates as {"$date": ms} and what JSON has no word for.

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export function encodeRow(row: unknown): string {
  return JSON.stringify(encode(row));
}

export function decodeRow(text: string): unknown {
  return decode(JSON.parse(text) as Json);
}

function encode(value: unknown): unknown {
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: words(value) };
  if (typeof value === "bigint") return { $bigint: value.toString() };
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Map || value instanceof Set) throw new TypeError("A row holds plain data, not a Map or a Set.");
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (value instanceof Date) return { $date: value.getTime() };
  if (Array.isArray(value)) return value.map(encode);
  const out: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value))
    if (member !== undefined) set(out, key.startsWith("$") ? `$${key}` : key, encode(member));
  return out;
}

function words(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function decode(value: Json): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value["$bytes"] === "string") return new Uint8Array(Buffer.from(value["$bytes"], "base64"));
  if (typeof value["$date"] === "number") return new Date(value["$date"]);
  if (typeof value["$bigint"] === "string") return BigInt(value["$bigint"]);
  if (typeof value["$number"] === "string") return Number(value["$number"]);
  const out: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    set(out, key.startsWith("$") ? key.slice(1) : key, decode(member));
  }
  return out;
}

/** A member named `__proto__` is a member like any other. */
function set(out: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(out, key, { value, enumerable: true, writable: true, configurable: true });
  else out[key] = value;
}
