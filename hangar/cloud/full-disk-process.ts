// For the full-disk test: a process whose data folder is on a small disk, which it fills, uses, makes room on and opens again.

import { S3 } from "@aws-sdk/client-s3";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { closeSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openCloud } from "../index.ts";
import { resetWorld } from "./reset.ts";

const [, , disk = ""] = process.argv;
const directory = join(disk, "data");
const filler = join(disk, "filler");
const MB = 1024 * 1024;
const Bucket = "small-disk";

type Told = { readonly name: string; readonly status: number | undefined; readonly message: string };
type Report = Record<string, unknown>;
const report: Report = {};

let opened = await openCloud({ directory });
let [s3, ssm] = clients();

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

async function told(call: Promise<unknown>): Promise<Told | "done"> {
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
await s3.putObject({ Bucket, Key: "before", Body: Buffer.alloc(2 * MB, 1) });
await s3.putObject({ Bucket, Key: "source", Body: Buffer.alloc(5 * MB, 2) });
const { UploadId = "" } = await s3.createMultipartUpload({ Bucket, Key: "parts" });
const { UploadId: ready = "" } = await s3.createMultipartUpload({ Bucket, Key: "ready" });
const { ETag } = await s3.uploadPart({ Bucket, Key: "ready", UploadId: ready, PartNumber: 1, Body: "part" });
const completion = { Bucket, Key: "ready", UploadId: ready, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } };

fill();
report["full"] = await writeAll(UploadId);
report["whileFull"] = await found(UploadId);

// The journal's last block has some room: until it has not.
const parameters: string[] = [];
let refused: Told | "done" = "done";
for (let count = 0; refused === "done" && count < 100; count += 1) {
  refused = await told(
    ssm.send(new PutParameterCommand({ Name: `/p/${count}`, Value: "v".repeat(3000), Type: "String" })),
  );
  if (refused === "done") parameters.push(`/p/${count}`);
}
report["journal"] = refused;
report["completion"] = await told(s3.completeMultipartUpload(completion));
report["whileJournalFull"] = (await told(sizeOf("source"))) === "done";
report["reset"] = ((await told(resetWorld(opened.cloud, opened.cloud.world))) as Told).message;

rmSync(filler);
report["completionAgain"] = await told(s3.completeMultipartUpload(completion));
// The copies' sources are let go: only then are their bodies swept.
report["room"] = await writeAll(UploadId);
await ssm.send(new PutParameterCommand({ Name: "/p/room", Value: "v", Type: "String" }));
parameters.push("/p/room");
await s3.deleteObject({ Bucket, Key: "source" });
await s3.deleteObject({ Bucket, Key: "copy" });
await s3.abortMultipartUpload({ Bucket, Key: "parts", UploadId });
await opened.cloud.sweepBodies();
const { Contents: left = [] } = await s3.listObjectsV2({ Bucket });
report["left"] = left.map(({ Key }) => Key);
report["bodies"] = readdirSync(join(directory, "blobs"), { recursive: true }).filter((name) => name.length > 60).length;
report["bugs"] = opened.cloud.bugs.map(({ where, error }) => `${where}: ${String(error)}`);
await opened.close();

opened = await openCloud({ directory });
[s3, ssm] = clients();
const lost = await Promise.all(
  parameters.map(async (Name) => ((await told(ssm.send(new GetParameterCommand({ Name })))) === "done" ? [] : [Name])),
);
report["lost"] = lost.flat();
report["afterRestart"] = [await sizeOf("before"), await sizeOf("put"), await sizeOf("small"), await sizeOf("ready")];
await opened.close();
writeSync(1, JSON.stringify(report));
