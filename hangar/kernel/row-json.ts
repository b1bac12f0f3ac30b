// Rows as JSON text and back: plain JSON values, with bytes as {"$bytes": base64} and dates as {"$date": ms}.

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export function encodeRow(row: unknown): string {
  return JSON.stringify(encode(row));
}

export function decodeRow(text: string): unknown {
  return decode(JSON.parse(text) as Json);
}

function encode(value: unknown): unknown {
  if (value === null || typeof value !== "object")
    return typeof value === "bigint" ? { $bigint: value.toString() } : value;
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (value instanceof Date) return { $date: value.getTime() };
  if (Array.isArray(value)) return value.map(encode);
  const out: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value))
    if (member !== undefined) out[key.startsWith("$") ? `$${key}` : key] = encode(member);
  return out;
}

function decode(value: Json): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value["$bytes"] === "string") return new Uint8Array(Buffer.from(value["$bytes"], "base64"));
  if (typeof value["$date"] === "number") return new Date(value["$date"]);
  if (typeof value["$bigint"] === "string") return BigInt(value["$bigint"]);
  const out: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    Object.defineProperty(out, key.startsWith("$") ? key.slice(1) : key, {
      value: decode(member),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return out;
}
