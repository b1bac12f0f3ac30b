// Writes one inventory report: the list as gzipped CSV or Parquet, its manifest, the manifest's checksum and Hive's link to it.

import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { Context as AnyContext, Operation as AnyOperation } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { InventoryConfiguration, PutObjectInput, PutObjectOutput } from "../../../models/s3.d.ts";
import { putObject } from "../operations/object/put-object.ts";
import { lookUp, type Found } from "../rules/find-bucket.ts";
import { parquetSchema } from "../rules/inventory-columns.ts";
import { csvRow, inventoryFields, type Inventory } from "../rules/inventory-rows.ts";
import type { Context } from "../store.ts";
import { principalOf } from "./destinations.ts";
import { parquetList } from "./inventory-parquet.ts";
import { versionWalk, type VersionTables } from "./version-walk.ts";

const ROWS_AT_ONCE = 500;

/** A destination that does not let the service in gets nothing. */
export async function reportInventory(
  context: Context,
  found: Found,
  configuration: InventoryConfiguration,
): Promise<void> {
  try {
    await report(context, found, configuration);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated" || error.status >= 500) throw error;
  }
}

async function report(context: Context, found: Found, configuration: InventoryConfiguration): Promise<void> {
  const { bucket } = found;
  const { S3BucketDestination: destination } = configuration.Destination;
  const at = context.clock.now();
  const prefix = destination.Prefix === undefined ? "" : `${destination.Prefix.replace(/\/$/, "")}/`;
  const folder = `${prefix}${bucket.name}/${configuration.Id}`;
  const put = writerTo(context, found, configuration);
  const { ending, type, schema, body } = listOf(found, configuration);
  const key = `${folder}/data/${context.ids.uuid()}${ending}`;
  const list = await put(key, body, type);
  const manifest = JSON.stringify({
    sourceBucket: bucket.name,
    destinationBucket: destination.Bucket,
    version: "2016-11-30",
    creationTimestamp: String(at),
    fileFormat: destination.Format,
    fileSchema: schema,
    files: [{ key, size: list.size, MD5checksum: list.md5 }],
  });
  const minute = new Date(at).toISOString().slice(0, 16).replace(":", "-");
  const { md5 } = await put(`${folder}/${minute}Z/manifest.json`, [manifest], "application/json");
  await put(`${folder}/${minute}Z/manifest.checksum`, [md5], "text/plain");
  const name = destination.Bucket.slice(destination.Bucket.lastIndexOf(":") + 1);
  await put(`${folder}/hive/dt=${minute.replace("T", "-")}/symlink.txt`, [`s3://${name}/${key}`], "text/plain");
}

type List = {
  readonly ending: string;
  readonly type: string;
  readonly schema: string;
  readonly body: AsyncIterable<Uint8Array>;
};

function listOf(found: Found, configuration: InventoryConfiguration): List {
  const { names, values } = inventoryFields(configuration);
  const rows = rowsOf(found, configuration, values);
  if (configuration.Destination.S3BucketDestination.Format === "Parquet") {
    const schema = parquetSchema(names);
    return { ending: ".parquet", type: "application/octet-stream", schema, body: parquetList(names, rows) };
  }
  return { ending: ".csv.gz", type: "application/x-gzip", schema: names.join(", "), body: zipped(csv(rows)) };
}

/** As the bucket is now: the tables' forks do not see what is written while the list is. */
function* rowsOf(
  { bucket, store }: Found,
  { Filter: filter, IncludedObjectVersions: which }: InventoryConfiguration,
  values: Inventory["values"],
): Generator<readonly string[]> {
  const tables: VersionTables = { objects: store.objects.fork(), versions: store.versions.fork() };
  for (const [, { version, latest }] of versionWalk({ bucket, store: tables }, filter?.Prefix ?? "")({})) {
    if (which !== "All" && (!latest || version.marker === true)) continue;
    yield values({ bucket, version, latest });
  }
}

function* csv(rows: Iterable<readonly string[]>): Generator<string> {
  let lines = "";
  let count = 0;
  for (const row of rows) {
    lines += csvRow(row);
    count += 1;
    if (count % ROWS_AT_ONCE > 0) continue;
    yield lines;
    lines = "";
  }
  if (lines !== "") yield lines;
}

function zipped(rows: Iterable<string>): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  // A failure reaches whoever reads.
  pipeline(Readable.from(rows), gzip, () => undefined);
  return gzip;
}

type Written = { readonly size: number; readonly md5: string };
type Write = (key: string, body: AsyncIterable<Uint8Array> | readonly string[], type: string) => Promise<Written>;

function writerTo(context: Context, { bucket }: Found, { Destination }: InventoryConfiguration): Write {
  const { Bucket: arn, AccountId: owner, Encryption: encryption } = Destination.S3BucketDestination;
  const Bucket = arn.slice(arn.lastIndexOf(":") + 1);
  const kmsKey = encryption?.SSEKMS?.KeyId;
  const target = lookUp(context, Bucket)?.bucket;
  const place = target === undefined ? {} : { account: target.account, region: target.region };
  return async (Key, body, ContentType) => {
    const md5 = createHash("md5");
    let size = 0;
    const measured = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of body) {
        const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
        md5.update(bytes);
        size += bytes.length;
        yield bytes;
      }
    };
    const input: PutObjectInput = {
      Bucket,
      Key,
      Body: measured(),
      ContentType,
      ACL: "bucket-owner-full-control",
      ExpectedBucketOwner: owner,
      ...(kmsKey === undefined ? {} : { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKey }),
      ...(encryption?.SSES3 === undefined ? {} : { ServerSideEncryption: "AES256" }),
    };
    const as = principalOf(bucket);
    await (context as unknown as AnyContext).call(putObject as AnyOperation<PutObjectInput, PutObjectOutput>, input, {
      as,
      ...place,
    });
    return { size, md5: md5.digest("hex") };
  };
}
