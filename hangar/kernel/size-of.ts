// How much a value holds: the characters of its texts and names, the bytes of its binaries, a little for the rest.

const PLAIN = 8;

export function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return PLAIN;
  if (value instanceof Uint8Array) return value.length;
  let size = PLAIN;
  if (Array.isArray(value)) for (const each of value) size += sizeOf(each);
  else for (const name in value) size += name.length + sizeOf((value as Record<string, unknown>)[name]);
  return size;
}
