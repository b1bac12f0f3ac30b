// CBOR as authenticators write it: short, whole, with numbers as names too. https://www.w3.org/TR/webauthn-3/#sctn-conforming-all-classes

export type Read = { readonly value: unknown; readonly end: number };

const DEEPEST = 4;

/** The first value, and where it ends; undefined for what is no such value. */
export function readCbor(bytes: Buffer, at = 0, depth = 0): Read | undefined {
  const first = bytes[at];
  if (first === undefined || depth > DEEPEST) return undefined;
  const [type, short] = [first >> 5, first & 31];
  if (type === 7) return short === 20 || short === 21 ? { value: short === 21, end: at + 1 } : undefined;
  const size = short < 24 ? 0 : short < 27 ? 1 << (short - 24) : undefined;
  if (size === undefined || at + 1 + size > bytes.length) return undefined;
  const number = size === 0 ? short : bytes.readUIntBE(at + 1, size);
  const start = at + 1 + size;
  switch (type) {
    case 0:
      return { value: number, end: start };
    case 1:
      return { value: -1 - number, end: start };
    case 2:
    case 3:
      return textOf(bytes, { start, end: start + number }, type === 3);
    case 4:
      return listOf(bytes, { start, count: number, depth });
    case 5:
      return mapOf(bytes, { start, count: number, depth });
    default:
      return undefined;
  }
}

function textOf(bytes: Buffer, { start, end }: { start: number; end: number }, text: boolean): Read | undefined {
  if (end > bytes.length) return undefined;
  const value = bytes.subarray(start, end);
  return { value: text ? value.toString() : value, end };
}

type Several = { readonly start: number; readonly count: number; readonly depth: number };

function listOf(bytes: Buffer, { start, count, depth }: Several): Read | undefined {
  const values: unknown[] = [];
  let end = start;
  for (let left = count; left > 0; left--) {
    const read = readCbor(bytes, end, depth + 1);
    if (read === undefined) return undefined;
    values.push(read.value);
    ({ end } = read);
  }
  return { value: values, end };
}

function mapOf(bytes: Buffer, { start, count, depth }: Several): Read | undefined {
  const list = listOf(bytes, { start, count: count * 2, depth });
  if (list === undefined) return undefined;
  const all = list.value as readonly unknown[];
  const pairs = Array.from({ length: count }, (_none, at) => [all[at * 2], all[at * 2 + 1]] as const);
  return { value: new Map(pairs), end: list.end };
}
