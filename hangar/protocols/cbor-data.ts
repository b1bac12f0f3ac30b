// CBOR (RFC 8949) as Smithy speaks it: maps are plain objects, tag 1 is a Date, tags 2 and 3 big integers, tag 4 a decimal's text.

/** What a time counts: seconds, but for Kinesis's CBOR 1.1, which is older than that. */
type TimeUnit = "seconds" | "milliseconds";
const MILLISECONDS: Readonly<Record<TimeUnit, number>> = { seconds: 1000, milliseconds: 1 };

const BREAK = Symbol("break");

/** Throws an Error when the bytes are no whole CBOR value. */
export function decodeCbor(body: Uint8Array, times: TimeUnit = "seconds"): unknown {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const reader: Reader = { bytes, at: 0, depth: 0, unit: MILLISECONDS[times] };
  const value = readValue(reader);
  if (value === BREAK || reader.at !== reader.bytes.length) throw new Error("More than one CBOR value");
  return value;
}

type Reader = { readonly bytes: Buffer; at: number; depth: number; readonly unit: number };

/** Far above what any service takes, far below what a stack holds. */
const MAX_DEPTH = 1500;

function enter(reader: Reader): void {
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw new Error("CBOR nested too deeply");
}

function readValue(reader: Reader): unknown {
  const head = reader.bytes.readUInt8(reader.at);
  reader.at += 1;
  const major = head >> 5;
  const info = head & 31;
  if (major === 7) return readSimple(reader, info);
  if (info === 31) return readOpenEnded(reader, major);
  const size = readArgument(reader, info);
  if (major === 0) return size;
  if (major === 1) return typeof size === "bigint" ? -1n - size : -1 - size;
  if (major === 6) return readTagged(reader, Number(size));
  const count = Number(size);
  if (major === 2) return new Uint8Array(take(reader, count));
  if (major === 3) return take(reader, count).toString("utf8");
  // A byte an element at least: what a length promises must be there before room is made for it.
  if (count > reader.bytes.length - reader.at) throw new Error("Truncated CBOR");
  return major === 4 ? readArray(reader, count) : readMap(reader, count);
}

function readArgument(reader: Reader, info: number): number | bigint {
  const { bytes, at } = reader;
  if (info < 24) return info;
  if (info > 27) throw new Error("Reserved CBOR length");
  reader.at += 1 << (info - 24);
  if (info === 24) return bytes.readUInt8(at);
  if (info === 25) return bytes.readUInt16BE(at);
  if (info === 26) return bytes.readUInt32BE(at);
  const large = bytes.readBigUInt64BE(at);
  return large <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(large) : large;
}

function take(reader: Reader, count: number): Buffer {
  const end = reader.at + count;
  if (end > reader.bytes.length) throw new Error("Truncated CBOR");
  const part = reader.bytes.subarray(reader.at, end);
  reader.at = end;
  return part;
}

function readTagged(reader: Reader, tag: number): unknown {
  enter(reader);
  const value = readValue(reader);
  reader.depth -= 1;
  return tagged(tag, value, reader.unit);
}

function readArray(reader: Reader, count: number): unknown[] {
  enter(reader);
  const out: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    const value = readValue(reader);
    if (value === BREAK) {
      if (count !== Infinity) throw new Error("A break inside a CBOR array");
      break;
    }
    out.push(value);
  }
  reader.depth -= 1;
  return out;
}

function readMap(reader: Reader, count: number): Record<string, unknown> {
  enter(reader);
  const out: Record<string, unknown> = {};
  for (let index = 0; index < count; index += 1) {
    const key = readValue(reader);
    if (key === BREAK && count === Infinity) break;
    const value = readValue(reader);
    if (typeof key !== "string" || value === BREAK) throw new Error("A CBOR map of something else than text");
    if (key === "__proto__") Object.defineProperty(out, key, { value, enumerable: true });
    else out[key] = value;
  }
  reader.depth -= 1;
  return out;
}

function readOpenEnded(reader: Reader, major: number): unknown {
  if (major === 4) return readArray(reader, Infinity);
  if (major === 5) return readMap(reader, Infinity);
  const parts = major === 2 || major === 3 ? readArray(reader, Infinity) : [undefined];
  if (major === 3 && parts.every((part) => typeof part === "string")) return parts.join("");
  if (major === 2 && parts.every((part) => part instanceof Uint8Array)) return new Uint8Array(Buffer.concat(parts));
  throw new Error("An open-ended CBOR value of the wrong parts");
}

function readSimple(reader: Reader, info: number): unknown {
  const { bytes, at } = reader;
  if (info === 20 || info === 21) return info === 21;
  if (info === 22) return null;
  if (info === 23) return undefined;
  if (info === 31) return BREAK;
  if (info < 25 || info > 27) throw new Error("An unknown simple CBOR value");
  reader.at += 1 << (info - 24);
  if (info === 25) return halfFloat(bytes.readUInt16BE(at));
  return info === 26 ? bytes.readFloatBE(at) : bytes.readDoubleBE(at);
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

function tagged(tag: number, value: unknown, unit: number): unknown {
  if (value === BREAK) throw new Error("A CBOR tag of nothing");
  if (tag === 1 && (typeof value === "number" || typeof value === "bigint")) return new Date(Number(value) * unit);
  if ((tag === 2 || tag === 3) && value instanceof Uint8Array) {
    const size = BigInt(`0x${Buffer.from(value).toString("hex") || "0"}`);
    return tag === 2 ? size : -1n - size;
  }
  if (tag === 4 && Array.isArray(value) && value.length === 2) return decimal(Number(value[0]), String(value[1]));
  return value;
}

/** `[-2, 27315]` is 273.15; large exponents stay one. */
function decimal(exponent: number, mantissa: string): string {
  if (exponent >= 0 || exponent < -100) return exponent === 0 ? mantissa : `${mantissa}E${exponent}`;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.slice(sign.length).padStart(1 - exponent, "0");
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

type Writer = { bytes: Buffer; at: number; readonly unit: number };

/** Members that are undefined are left out. */
export function encodeCbor(value: unknown, times: TimeUnit = "seconds"): Uint8Array {
  const writer: Writer = { bytes: Buffer.allocUnsafe(512), at: 0, unit: MILLISECONDS[times] };
  write(writer, value);
  return new Uint8Array(writer.bytes.subarray(0, writer.at));
}

function write(writer: Writer, value: unknown): void {
  if (typeof value === "string") writeText(writer, value);
  else if (typeof value === "number") writeNumber(writer, value);
  else if (typeof value === "boolean") writeByte(writer, value ? 0xf5 : 0xf4);
  else if (value == null) writeByte(writer, value === null ? 0xf6 : 0xf7);
  else if (typeof value === "bigint") writeBigInt(writer, value);
  else if (value instanceof Uint8Array) writeBytes(writer, value);
  else if (value instanceof Date) {
    writeByte(writer, 0xc1);
    writeNumber(writer, value.getTime() / writer.unit);
  } else if (Array.isArray(value)) {
    writeHead(writer, 0x80, value.length);
    for (const each of value) write(writer, each);
  } else {
    const members = Object.entries(value as object).filter(([, member]) => member !== undefined);
    writeHead(writer, 0xa0, members.length);
    for (const [name, member] of members) {
      writeText(writer, name);
      write(writer, member);
    }
  }
}

function room(writer: Writer, count: number): number {
  const { at } = writer;
  if (at + count > writer.bytes.length) {
    const grown = Buffer.allocUnsafe(Math.max(writer.bytes.length * 2, at + count));
    writer.bytes.copy(grown, 0, 0, at);
    writer.bytes = grown;
  }
  writer.at = at + count;
  return at;
}

function writeByte(writer: Writer, byte: number): void {
  const at = room(writer, 1);
  writer.bytes[at] = byte;
}

function writeHead(writer: Writer, major: number, size: number): void {
  if (size < 24) return writeByte(writer, major | size);
  const width = size < 0x100 ? 0 : size < 0x10000 ? 1 : size < 0x1_0000_0000 ? 2 : 3;
  writeByte(writer, major | (24 + width));
  const at = room(writer, 1 << width);
  if (width === 3) writer.bytes.writeBigUInt64BE(BigInt(size), at);
  else writer.bytes.writeUIntBE(size, at, 1 << width);
}

function writeNumber(writer: Writer, value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    writeHead(writer, value < 0 ? 0x20 : 0, value < 0 ? -1 - value : value);
    return;
  }
  writeByte(writer, 0xfb);
  const at = room(writer, 8);
  writer.bytes.writeDoubleBE(value, at);
}

function writeBigInt(writer: Writer, value: bigint): void {
  const size = value < 0n ? -1n - value : value;
  if (size <= BigInt(Number.MAX_SAFE_INTEGER)) return writeHead(writer, value < 0n ? 0x20 : 0, Number(size));
  if (size <= 0xffff_ffff_ffff_ffffn) {
    writeByte(writer, value < 0n ? 0x3b : 0x1b);
    const at = room(writer, 8);
    writer.bytes.writeBigUInt64BE(size, at);
    return;
  }
  writeByte(writer, value < 0n ? 0xc3 : 0xc2);
  const hex = size.toString(16);
  writeBytes(writer, Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex"));
}

function writeText(writer: Writer, value: string): void {
  const size = Buffer.byteLength(value);
  writeHead(writer, 0x60, size);
  const at = room(writer, size);
  writer.bytes.write(value, at, size, "utf8");
}

function writeBytes(writer: Writer, value: Uint8Array): void {
  writeHead(writer, 0x40, value.length);
  const at = room(writer, value.length);
  writer.bytes.set(value, at);
}
