// Byte ranges of reads and of part copies.

import { invalidArgument, invalidRange, invalidRequest } from "../errors.ts";

/** `end` is excluded. */
export type ByteRange = { readonly start: number; readonly end: number };

/** One range; what S3 cannot read, and several ranges, mean the whole object. */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.replaceAll(" ", ""));
  const first = match?.[1] ?? "";
  const last = match?.[2] ?? "";
  if (match === null || (first === "" && last === "")) return undefined;
  if (first === "") {
    const count = Number(last);
    if (count === 0 || size === 0) throw invalidRange(header, size);
    return { start: Math.max(size - count, 0), end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= size) throw invalidRange(header, size);
  return { start, end };
}

export function copyRange(header: string | undefined, size: number): ByteRange {
  if (header === undefined) return { start: 0, end: size };
  const match = /^bytes=(\d+)-(\d+)$/.exec(header);
  if (match === null || Number(match[1]) > Number(match[2])) {
    const message =
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy";
    throw invalidArgument(message, "x-amz-copy-source-range", header);
  }
  const start = Number(match[1]);
  const end = Number(match[2]) + 1;
  if (start >= size) throw invalidRequest("The specified copy range is invalid for the source object size");
  if (end > size) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${size}`,
      "x-amz-copy-source-range",
      header,
    );
  }
  return { start, end };
}

export function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end - 1}/${size}`;
}
