// Delivers the access log of a bucket, on the hour after its first line.

import type { Operation as AnyOperation, Context as AnyContext, Caller, Principal } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { Grant, LoggingEnabled, PutObjectInput, PutObjectOutput } from "../../../models/s3.d.ts";
import { scheduleDelivery } from "../engine/access-log.ts";
import { amend, current } from "../engine/versions.ts";
import { putObject } from "../operations/object/put-object.ts";
import { lookUp, type Found } from "../rules/find-bucket.ts";
import { admitsLogDelivery, enforcesOwner, fullControl } from "../rules/grants.ts";
import { logKey, splitsByDay } from "../rules/log-keys.ts";
import type { Access, Bucket, Context, Store } from "../store.ts";

const DAY = 86_400_000;
const SLICE = 1000;

/** Delivery is S3's best effort: what the target does not take is lost, and the trace shows why. */
export async function deliverAccessLog({ bucket: name }: { readonly bucket: string }, context: Context): Promise<void> {
  const found = lookUp(context, name);
  const logging = found?.bucket.logging;
  if (found === undefined || logging === undefined) return;
  const { bucket, store } = found;
  const files = fileEnds(store, name, splitsByDay(logging));
  let from = `${name}\u0000`;
  for (const { event, through } of files) {
    const key = logKey(logging, bucket, {
      event,
      delivered: context.clock.now(),
      unique: context.ids.hex(16).toUpperCase(),
    });
    await deliver(context, found, { key, logging, lines: linesOf(store, name, { from, through }) });
    const done = [...store.accesses.keys({ prefix: `${name}\u0000`, from, to: `${through}\u0000` })];
    for (const place of done) store.accesses.delete(place);
    from = through;
  }
  // What came while this was written had no first line to set its hour.
  if (files.length > 0 && store.accesses.first({ prefix: `${name}\u0000` }) !== undefined)
    scheduleDelivery(context, name);
}

/** One file of all there is now, or one for each day of events: its last line's place. */
function fileEnds(
  store: Store,
  bucket: string,
  byDay: boolean,
): readonly { readonly event: number; readonly through: string }[] {
  const files: { event: number; through: string }[] = [];
  for (const [place, { time }] of store.accesses.range({ prefix: `${bucket}\u0000` })) {
    const last = files.at(-1);
    if (last === undefined || (byDay && Math.floor(last.event / DAY) !== Math.floor(time / DAY)))
      files.push({ event: time, through: place });
    else last.through = place;
  }
  return files;
}

/** Read a slice at a time: others log while a file is written. */
async function* linesOf(
  store: Store,
  bucket: string,
  { from, through }: { readonly from: string; readonly through: string },
): AsyncGenerator<Uint8Array> {
  let next = from;
  for (;;) {
    const slice: [string, Access][] = [];
    for (const entry of store.accesses.range({
      prefix: `${bucket}\u0000`,
      from: next,
      to: `${through}\u0000`,
    })) {
      slice.push(entry);
      if (slice.length === SLICE) break;
    }
    if (slice.length === 0) return;
    yield Buffer.from(slice.map(([, { line }]) => `${line}\n`).join(""));
    next = `${slice.at(-1)?.[0] ?? through}\u0000`;
  }
}

type File = {
  readonly key: string;
  readonly logging: LoggingEnabled;
  readonly lines: AsyncGenerator<Uint8Array>;
};

async function deliver(context: Context, { bucket }: Found, { key, logging, lines }: File): Promise<void> {
  const target = lookUp(context, logging.TargetBucket);
  if (target === undefined || !takesLogs(target.bucket, bucket)) return;
  const input: PutObjectInput = { Bucket: logging.TargetBucket, Key: key, Body: lines, ContentType: "text/plain" };
  const { region, account } = target.bucket;
  try {
    await (context as unknown as AnyContext).call(putObject as AnyOperation<PutObjectInput, PutObjectOutput>, input, {
      as: admitsLogDelivery(target.bucket) ? ownerOf(account) : deliverer(bucket),
      region,
      account,
    });
  } catch (error) {
    if (!(error instanceof AwsError) || error.status >= 500) throw error;
    return;
  }
  const written = current(target, key);
  const grants = (logging.TargetGrants ?? []) as readonly Grant[];
  if (written?.marker === undefined && written !== undefined && grants.length > 0 && !enforcesOwner(target.bucket))
    amend(target, written, { grants: [fullControl(account), ...grants] });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function takesLogs(target: Bucket, source: Bucket): boolean {
  const encryption = target.encryption?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? "AES256";
  return (
    target.account === source.account &&
    target.region === source.region &&
    target.payer !== "Requester" &&
    target.objectLock?.Rule?.DefaultRetention === undefined &&
    encryption === "AES256"
  );
}

/** The group that an access control list lets in writes as the bucket's own. */
function ownerOf(account: string): Caller {
  return { kind: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account };
}

function deliverer({ name, account }: Bucket): Principal {
  return { service: "logging.s3.amazonaws.com", sourceArn: `arn:aws:s3:::${name}`, sourceAccount: account };
}
