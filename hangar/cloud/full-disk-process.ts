// For the full-disk test: a process whose data folder is on a small disk, which it fills, uses, makes room on and opens again.

import { S3 } from "@aws-sdk/client-s3";
import { DescribeParametersCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { closeSync, cpSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openCloud } from "../index.ts";
import { advance } from "./advance.ts";
import { resetWorld } from "./reset.ts";
import { settle } from "./settle.ts";

const [, , disk = "", elsewhere = ""] = process.argv;
const filler = join(disk, "filler");
const MB = 1024 * 1024;
const Bucket = "small-disk";

type Told = { readonly name: string; readonly status: number | undefined; readonly message: string };
type Report = Record<string, unknown>;
const report: Report = {};
const bugs: string[] = [];

let directory = join(disk, "data");
let opened = await openCloud({ directory });
let [s3, ssm] = clients();

async function close(): Promise<void> {
  bugs.push(...opened.cloud.bugs.map(({ where, error }) => `${where}: ${String(error)}`));
  await opened.close();
}

async function open(folder: string): Promise<void> {
  directory = folder;
  opened = await openCloud({ directory });
  [s3, ssm] = clients();
}

function clients(): [S3, SSMClient] {
  const config = {
    endpoint: opened.cloud.origin,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
    maxAttempts: 1,
  };
  return [new S3(config), new SSMClient(config)];
}

/** Until not a byte goes in any more. */
function fill(): void {
  const file = openSync(filler, "a");
  for (let size = MB; size >= 1; size /= 16) {
    const piece = Buffer.alloc(Math.ceil(size));
    try {
      for (;;) if (writeSync(file, piece) < piece.length) break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
  closeSync(file);
}

async function told(call: unknown): Promise<Told | "done"> {
  try {
    await call;
    return "done";
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode, message };
  }
}

async function sizeOf(Key: string): Promise<number> {
  const { Body } = await s3.getObject({ Bucket, Key });
  return (await Body?.transformToByteArray())?.length ?? 0;
}

async function found(upload: string): Promise<Report> {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket });
  const { Parts = [] } = await s3.listParts({ Bucket, Key: "parts", UploadId: upload });
  return {
    objects: Contents.map(({ Key }) => Key),
    parts: Parts.map(({ PartNumber }) => PartNumber),
    read: [await sizeOf("before"), await sizeOf("source")],
    halves: readdirSync(join(directory, "blobs")).filter((name) => name.startsWith("incoming")),
  };
}

function running(): string[] {
  return opened.cloud.world.scheduler.running.map(({ kind }) => kind);
}

/** Parameters that are too many or too few. */
async function unlike(expected: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for (let NextToken: string | undefined, more = true; more; more = NextToken !== undefined) {
    const page = await ssm.send(new DescribeParametersCommand({ NextToken, MaxResults: 50 }));
    names.push(...(page.Parameters ?? []).flatMap(({ Name = "" }) => (Name.startsWith("/p/") ? [Name] : [])));
    NextToken = page.NextToken;
  }
  return [...new Set(names).symmetricDifference(new Set(expected))];
}

/** The journal's last block has some room, then there is the reserve: until somebody is refused, 20 at a time. */
async function fillJournal(): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let round = 0; round < 100; round += 1) {
    const names = Array.from({ length: 20 }, (_, index) => `/p/${round}/${index}`);
    const answers = await Promise.all(names.map((name) => put(name)));
    acknowledged.push(...names.filter((_name, index) => answers[index] === "done"));
    report["journal"] = answers.find((answer) => answer !== "done");
    if (report["journal"] !== undefined) break;
  }
  return acknowledged;
}

function put(Name: string): Promise<Told | "done"> {
  return told(ssm.send(new PutParameterCommand({ Name, Value: "v".repeat(3000), Type: "String" })));
}

/** Every way bytes come in, of several batches each. */
async function writeAll(UploadId: string): Promise<Report> {
  const Body = Buffer.alloc(3 * MB, 7);
  const CopySource = `${Bucket}/source`;
  return {
    put: await told(s3.putObject({ Bucket, Key: "put", Body })),
    small: await told(s3.putObject({ Bucket, Key: "small", Body: "x".repeat(5000) })),
    overwrite: await told(s3.putObject({ Bucket, Key: "before", Body: Buffer.alloc(2 * MB, 8) })),
    copy: await told(s3.copyObject({ Bucket, Key: "copy", CopySource })),
    part: await told(s3.uploadPart({ Bucket, Key: "parts", UploadId, PartNumber: 2, Body })),
    partCopy: await told(s3.uploadPartCopy({ Bucket, Key: "parts", UploadId, PartNumber: 3, CopySource })),
  };
}

await s3.createBucket({ Bucket });
const expiry = { ID: "expiry", Status: "Enabled", Filter: {}, Expiration: { Days: 100 } } as const;
await s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules: [expiry] } });
await s3.putObject({ Bucket, Key: "before", Body: Buffer.alloc(2 * MB, 1) });
await s3.putObject({ Bucket, Key: "source", Body: Buffer.alloc(5 * MB, 2) });
const { UploadId = "" } = await s3.createMultipartUpload({ Bucket, Key: "parts" });
const { UploadId: ready = "" } = await s3.createMultipartUpload({ Bucket, Key: "ready" });
const { ETag } = await s3.uploadPart({ Bucket, Key: "ready", UploadId: ready, PartNumber: 1, Body: "part" });
const completion = { Bucket, Key: "ready", UploadId: ready, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } };

fill();
report["full"] = await writeAll(UploadId);
report["whileFull"] = await found(UploadId);

const acknowledged = await fillJournal();
report["some"] = acknowledged.length > 0;
const { cloud } = opened;
report["refused"] = {
  completion: await told(s3.completeMultipartUpload(completion)),
  removal: await told(s3.deleteObject({ Bucket, Key: "source" })),
  removals: await told(s3.deleteObjects({ Bucket, Delete: { Objects: [{ Key: "source" }] } })),
  parameter: await put("/p/refused"),
};
cloud.world.scheduler.hasten("s3.lifecycle");
report["advance"] = ((await told(advance(cloud, cloud.world, "1 day"))) as Told).message;
await cloud.acknowledged(cloud.world);
report["whileJournalFull"] = await found(UploadId);
report["memory"] = await unlike(acknowledged);
report["waits"] = running();
cpSync(directory, join(elsewhere, "killed"), { recursive: true });
fill();
report["reset"] = ((await told(resetWorld(cloud, cloud.world))) as Told).message;
await close();

await open(directory);
report["startedFull"] = [await found(UploadId), await unlike(acknowledged), await put("/p/refused")];
rmSync(filler);
report["completionAgain"] = await told(s3.completeMultipartUpload(completion));
// The copies' sources are let go: only then are their bodies swept.
report["room"] = await writeAll(UploadId);
await put("/p/room");
await s3.deleteObject({ Bucket, Key: "source" });
await s3.deleteObject({ Bucket, Key: "copy" });
await s3.abortMultipartUpload({ Bucket, Key: "parts", UploadId });
await opened.cloud.sweepBodies();
const { Contents: left = [] } = await s3.listObjectsV2({ Bucket });
report["left"] = left.map(({ Key }) => Key);
report["bodies"] = readdirSync(join(directory, "blobs"), { recursive: true }).filter((name) => name.length > 60).length;
await settle(opened.cloud.world, 10_000);
report["waited"] = running();
await close();

await open(directory);
report["restarted"] = await unlike([...acknowledged, "/p/room"]);
report["afterRestart"] = [await sizeOf("before"), await sizeOf("put"), await sizeOf("small"), await sizeOf("ready")];
await close();
await open(join(elsewhere, "killed"));
report["killed"] = [await found(UploadId), await unlike(acknowledged)];
await close();
report["bugs"] = bugs;
writeSync(1, JSON.stringify(report));
