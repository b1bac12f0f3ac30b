// The tasks of a job, read from its manifest: a CSV object, an S3 inventory, or made from what the bucket has.

import { createInterface } from "node:readline";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Caller } from "../../../cloud/operation.ts";
import type { JobManifest } from "../../../models/s3control.d.ts";
import { invalidRequest } from "../errors.ts";
import { csvFields } from "../rules/csv.ts";
import { takes } from "../rules/manifest-filter.ts";
import type { Context, Job } from "../store.ts";

export type Task = { readonly bucket: string; readonly key: string; readonly versionId: string | undefined };

export async function* tasksOf(context: Context, { request }: Job, role: Caller): AsyncGenerator<Task> {
  const { Manifest: manifest, ManifestGenerator: generator } = request;
  if (manifest !== undefined) return yield* listedTasks(context, manifest, role);
  const wanted = generator?.S3JobManifestGenerator;
  const bucket = bucketIn(wanted?.SourceBucket ?? "");
  for (const version of await context.ports.storage.versions(bucket, role))
    if (takes(wanted?.Filter, version)) yield { bucket, key: version.key, versionId: version.versionId };
}

async function* listedTasks(context: Context, manifest: JobManifest, role: Caller): AsyncGenerator<Task> {
  const { ObjectArn: arn, ETag: etag, ObjectVersionId: versionId } = manifest.Location;
  const [, bucket = "", key = ""] = /^arn:[^:]+:s3:::([^/]+)\/(.+)$/s.exec(arn) ?? [];
  const { objects } = context.ports;
  const found = await objects.get(bucket, key, { as: role, versionId });
  if (found.etag !== etag.replaceAll('"', ""))
    throw invalidRequest("The ETag of the manifest is another than the job's.");
  if (manifest.Spec.Format !== "S3InventoryReport_CSV_20161130")
    return yield* rows(Readable.from(found.body), manifest.Spec.Fields ?? []);
  const inventory = JSON.parse(await textOf(found.body)) as Inventory;
  if (inventory.fileFormat !== "CSV") throw invalidRequest("The inventory of the manifest is not in CSV.");
  const from = bucketIn(inventory.destinationBucket);
  for (const file of inventory.files) {
    const { body } = await objects.get(from, file.key, { as: role });
    // What breaks off is thrown where the lines are read.
    const plain = pipeline(Readable.from(body), createGunzip(), () => {});
    yield* rows(plain, inventory.fileSchema.split(/,\s*/));
  }
}

type Inventory = {
  readonly destinationBucket: string;
  readonly fileFormat: string;
  readonly fileSchema: string;
  readonly files: readonly { readonly key: string }[];
};

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Keys are percent-encoded. */
async function* rows(input: NodeJS.ReadableStream, fields: readonly string[]): AsyncGenerator<Task> {
  const at = { bucket: fields.indexOf("Bucket"), key: fields.indexOf("Key"), version: fields.indexOf("VersionId") };
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === "") continue;
    const values = csvFields(line);
    const { [at.bucket]: bucket, [at.key]: key } = values;
    if (bucket === undefined || key === undefined)
      throw invalidRequest("A row of the manifest lacks a bucket or a key.");
    const versionId = values[at.version];
    yield { bucket, key: decoded(key), versionId: versionId === "" ? undefined : versionId };
  }
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", "%20"));
  } catch {
    throw invalidRequest("A key of the manifest is not percent-encoded.");
  }
}

export function bucketIn(arn: string): string {
  return arn.split(":::")[1] ?? arn;
}
