// Conditional reads and writes: If-Match and its kin.

import { notImplemented, notModified, noSuchKey, preconditionFailed } from "../errors.ts";
import type { StoredObject, Version } from "../store.ts";

export type ReadConditions = {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
};

export function matches(list: string, etag: string): boolean {
  if (list === "*") return true;
  return list.split(",").some(
    (each) =>
      each
        .trim()
        .replace(/^W\//, "")
        .replace(/^"(.*)"$/, "$1") === etag,
  );
}

/** Dates on the wire have seconds. */
function second(time: number): number {
  return Math.floor(time / 1000);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html: tags weigh more than dates. */
export function checkRead(object: StoredObject, input: ReadConditions, now: number): void {
  if (input.IfMatch !== undefined) {
    if (!matches(input.IfMatch, object.etag)) throw preconditionFailed("If-Match");
  } else if (
    input.IfUnmodifiedSince !== undefined &&
    second(object.modified) > second(input.IfUnmodifiedSince.getTime())
  ) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (input.IfNoneMatch !== undefined) {
    if (matches(input.IfNoneMatch, object.etag)) throw notModified(object.etag, object.modified);
    return;
  }
  const since = input.IfModifiedSince?.getTime();
  // A date in the future is no condition at all.
  if (since !== undefined && second(since) <= second(now) && second(object.modified) <= second(since)) {
    throw notModified(object.etag, object.modified);
  }
}

export type SourceConditions = {
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
};

/** The same for a copy's source, where every failure is a 412. */
export function checkSource(object: StoredObject, input: SourceConditions, now: number): void {
  const conditions: ReadConditions = {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  };
  try {
    checkRead(object, conditions, now);
  } catch (error) {
    const name = (error as Error).name;
    if (name === "NotModified")
      throw preconditionFailed(
        input.CopySourceIfNoneMatch === undefined
          ? "x-amz-copy-source-If-Modified-Since"
          : "x-amz-copy-source-If-None-Match",
      );
    throw preconditionFailed(
      input.CopySourceIfMatch === undefined ? "x-amz-copy-source-If-Unmodified-Since" : "x-amz-copy-source-If-Match",
    );
  }
}

export type WriteConditions = { readonly IfMatch?: string | undefined; readonly IfNoneMatch?: string | undefined };

/** What can be refused before the body is read. */
export function checkWriteForm({ IfMatch: match, IfNoneMatch: noneMatch }: WriteConditions): void {
  if (noneMatch !== undefined && match !== undefined) {
    throw notImplemented("If-Match,If-None-Match", "Multiple conditional request headers present in the request");
  }
  if (noneMatch !== undefined && noneMatch !== "*") {
    throw notImplemented("If-None-Match", "We don't accept the provided value of If-None-Match header for this API");
  }
  if (match === "*")
    throw notImplemented("If-Match", "We don't accept the provided value of If-Match header for this API");
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
export function checkWrite(
  present: Version | undefined,
  key: string,
  { IfMatch: match, IfNoneMatch: noneMatch }: WriteConditions,
): void {
  const object = present === undefined || present.marker === true ? undefined : present;
  if (noneMatch !== undefined && object !== undefined) throw preconditionFailed("If-None-Match");
  if (match === undefined) return;
  if (object === undefined) throw noSuchKey(key);
  if (!matches(match, object.etag)) throw preconditionFailed("If-Match");
}
