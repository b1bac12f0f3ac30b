// Keeps a line for each access to a bucket that logs them, until the next delivery.

import type { Answered, HttpResponse } from "../../../cloud/service.ts";
import { accessLogLine, type LoggedAccess } from "../rules/access-log-line.ts";
import { loggedOperation } from "../rules/access-log-operations.ts";
import { copySourceOf } from "../rules/copy-source.ts";
import { lookUp, type Found } from "../rules/find-bucket.ts";
import { isVersionId } from "../rules/version-order.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { s3Address } from "../../../protocols/s3-address.ts";
import { sharedStore, type Context } from "../store.ts";
import { locate } from "./versions.ts";

/** Path of the table whose rows are the buckets that log. */
export const LOGGED = "s3/shared/global/logged";
const HOUR = 3_600_000;

type Named = {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly CopySource?: string | undefined;
  readonly Delete?: { readonly Objects?: readonly { readonly Key: string; readonly VersionId?: string }[] };
};

export function startLogging(context: Context, { bucket }: Found): void {
  sharedStore(context).logged.put(bucket.name, true);
}

/** What was not delivered by then never is. */
export function stopLogging(context: Context, { bucket, store }: Found): void {
  sharedStore(context).logged.delete(bucket.name);
  const waiting = [...store.accesses.keys({ prefix: `${bucket.name}\u0000` })];
  for (const place of waiting) store.accesses.delete(place);
}

/** Sees an answer leave; a body that streams is followed to its end, so that what was sent is known. */
export function logAccess(answered: Answered, context: Context): HttpResponse["body"] {
  const { body } = answered;
  const named = namedBy(answered, context);
  const source = sourceOf(named);
  const isLogged = logs(context, named.Bucket);
  if (!isLogged && !logs(context, source?.bucket)) return body;
  const turnAround = Math.round(answered.elapsed());
  const time = context.clock.now();
  const end = (sent: number): void => {
    const seen = { answered, named, turnAround, time, sent };
    if (isLogged) keepAll(context, seen);
    if (source !== undefined) keepSource(context, source, seen);
  };
  if (body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array)) return followed(body, end);
  end(body === undefined ? 0 : Buffer.byteLength(body));
  return body;
}

/** Requests come through access points too. */
function logs(context: Context, name: string | undefined): boolean {
  return name !== undefined && lookUp(context, name)?.bucket.logging !== undefined;
}

async function* followed(body: AsyncIterable<Uint8Array>, end: (sent: number) => void): AsyncGenerator<Uint8Array> {
  let sent = 0;
  try {
    for await (const chunk of body) {
      sent += chunk.length;
      yield chunk;
    }
  } finally {
    end(sent);
  }
}

/** Front doors match what they need: a bucket, or a site. */
function namedBy({ operation, input }: Answered, context: Context): Named {
  if (!operation.startsWith("s3-")) return input as Named;
  if (typeof input === "string") return { Bucket: input };
  const { bucket, path } = input as { readonly bucket: string; readonly path?: string };
  const key = (path ?? s3Address(context.request.host.replace(/:\d+$/, ""), context.request.path).path).slice(1);
  return key === "" ? { Bucket: bucket } : { Bucket: bucket, Key: decoded(key) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Source = ReturnType<typeof copySourceOf>;
type Seen = {
  readonly answered: Answered;
  readonly named: Named;
  readonly turnAround: number;
  readonly time: number;
  readonly sent: number;
};

function sourceOf({ CopySource: text }: Named): Source | undefined {
  if (text === undefined) return undefined;
  try {
    return copySourceOf(text);
  } catch {
    return undefined;
  }
}

function keepAll(context: Context, seen: Seen): void {
  const { answered, named } = seen;
  const found = lookUp(context, named.Bucket ?? "");
  if (found === undefined) return;
  const { method } = context.request;
  const deletes = answered.operation === "DeleteObject" || answered.operation === "DeleteObjects";
  const objectSize = deletes ? undefined : sizeOf(found, named.Key, named.VersionId);
  const uri = { method, path: context.request.path, query: answered.query };
  const operation = loggedOperation(answered.operation, method);
  const accessPointArn = found.accessPoint?.arn;
  keep(context, found, { ...lineOf(context, seen), operation, uri, objectSize, key: named.Key, accessPointArn });
  if (answered.operation !== "DeleteObjects" || answered.status >= 300) return;
  for (const { Key: key, VersionId: versionId } of named.Delete?.Objects ?? []) {
    const each = { status: 204, bytesSent: 0, turnAroundTime: undefined, key, versionId, accessPointArn };
    keep(context, found, { ...lineOf(context, seen), operation: "BATCH.DELETE.OBJECT", ...each });
  }
}

/** A copy reads another bucket, whose log has a line of its own. */
function keepSource(context: Context, { bucket, key, versionId }: Source, seen: Seen): void {
  const found = lookUp(context, bucket);
  if (found?.bucket.logging === undefined) return;
  const operation = seen.answered.operation === "CopyObject" ? "REST.COPY.OBJECT_GET" : "REST.COPY.PART_GET";
  const accessPointArn = found.accessPoint?.arn;
  const members = { operation, key, versionId, bytesSent: 0, turnAroundTime: undefined, accessPointArn };
  keep(context, found, { ...lineOf(context, seen), ...members, objectSize: sizeOf(found, key, versionId) });
}

type Line = Omit<LoggedAccess, "owner" | "bucket">;

function lineOf(context: Context, { answered, named, turnAround, time, sent }: Seen): Omit<Line, "operation"> {
  const { request, caller } = context;
  const { status, headers } = answered;
  const header = (name: string): string | undefined => headers[name] as string | undefined;
  return {
    time,
    remoteIp: request.sourceIp,
    caller,
    requestId: header("x-amz-request-id") ?? request.id,
    status,
    errorCode: answered.errorCode ?? (status >= 400 ? codeIn(answered.body) : undefined),
    bytesSent: sent,
    totalTime: Math.round(answered.elapsed()),
    turnAroundTime: turnAround,
    versionId: named.VersionId,
    hostId: header("x-amz-id-2"),
    headers: request.headers,
    host: request.host.replace(/:\d+$/, ""),
  };
}

/** Front doors answer their errors as documents. */
function codeIn(body: HttpResponse["body"]): string | undefined {
  return typeof body === "string" ? /(?:<Code>|<li>Code: )(\w+)/.exec(body)?.[1] : undefined;
}

function sizeOf(found: Found, key: string | undefined, versionId: string | undefined): number | undefined {
  if (key === undefined || (versionId !== undefined && !isVersionId(versionId))) return undefined;
  const version = locate(found, key, versionId);
  return version === undefined || version.marker === true ? undefined : version.size;
}

function keep(context: Context, { bucket, store }: Found, line: Line): void {
  if (bucket.logging === undefined) return;
  const prefix = `${bucket.name}\u0000`;
  const isFirst = store.accesses.first({ prefix }) === undefined;
  const place = compositeKey(bucket.name, line.time.toString().padStart(15, "0"), context.ids.hex(16));
  store.accesses.put(place, {
    time: line.time,
    line: accessLogLine({ owner: bucket.account, bucket: bucket.name, ...line }),
  });
  if (isFirst) scheduleDelivery(context, bucket.name);
}

/** On the next full hour. */
export function scheduleDelivery(context: Context, bucket: string): void {
  const hour = (Math.floor(context.clock.now() / HOUR) + 1) * HOUR;
  context.scheduler.at(hour, "s3.deliverAccessLog", { bucket });
}
