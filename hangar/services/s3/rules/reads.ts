// What of an object a read gives: a range, a part, or all; and whether it can be read at all.

import { isArchived } from "./restores.ts";
import { invalidArgument, invalidObjectState, invalidPartNumber, invalidRequest } from "../errors.ts";
import { checkPartNumber } from "../engine/uploads.ts";
import type { Checksum, PartFact, StoredObject } from "../store.ts";
import { contentRange, readRange } from "./ranges.ts";

type SpanInput = { readonly Range?: string | undefined; readonly PartNumber?: number | undefined };
export type Span = {
  readonly start: number;
  readonly end: number;
  /** Of the bytes that are given: a range of less than all has none. */
  readonly checksum: Checksum | undefined;
  readonly members: { readonly ContentRange?: string; readonly PartsCount?: number };
};

export function readSpan(object: StoredObject, { Range: range, PartNumber: part }: SpanInput): Span {
  if (part !== undefined) {
    if (range !== undefined) throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
    return partSpan(object, part);
  }
  const found = readRange(range, object.size);
  if (found === undefined) return { start: 0, end: object.size, checksum: object.checksum, members: {} };
  const isWhole = found.start === 0 && found.end === object.size;
  const checksum = isWhole ? object.checksum : undefined;
  return { ...found, checksum, members: { ContentRange: contentRange(found, object.size) } };
}

function partSpan(object: StoredObject, number: number): Span {
  checkPartNumber(number);
  const parts: readonly Pick<PartFact, "size" | "checksum">[] = object.parts ?? [{ size: object.size }];
  if (number > parts.length) throw invalidPartNumber(number, parts.length);
  let start = 0;
  for (const part of parts.slice(0, number - 1)) start += part.size;
  const end = start + (parts[number - 1]?.size ?? 0);
  const range = end > start ? { ContentRange: contentRange({ start, end }, object.size) } : {};
  const checksum = object.parts === undefined ? object.checksum : partChecksum(object, parts[number - 1]?.checksum);
  return { start, end, checksum, members: object.parts === undefined ? range : { ...range, PartsCount: parts.length } };
}

/** A part's own checksum, of the type that the whole object has; a whole object's has none for one of several. */
function partChecksum({ checksum: whole, parts }: StoredObject, part: Checksum | undefined): Checksum | undefined {
  if (whole?.type === "FULL_OBJECT" && (parts?.length ?? 0) > 1) return undefined;
  return part === undefined ? undefined : { ...part, type: whole?.type ?? part.type };
}

/** How an object is encrypted is said when it is written; of reads only a customer's key is. */
export function checkReadHeaders(headers: Readonly<Record<string, string>>): void {
  const name = "x-amz-server-side-encryption";
  const value = headers[name];
  if (value !== undefined) throw invalidArgument(`${name} header is not supported for this operation.`, name, value);
}

/** Archived objects are read from their restored copy only. */
export function checkReadable({ storageClass, restore }: StoredObject, now: number): void {
  if (!isArchived(storageClass)) return;
  if (restore === undefined || restore.ready !== undefined || restore.expires <= now)
    throw invalidObjectState(storageClass);
}
