// A bucket of a thousand to a million keys: pages of its list, and its end.

import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import autocannon from "autocannon";
import { startServer } from "../child.ts";
import { atMost, median, ms, timed, type Row } from "../table.ts";

const Bucket = "keys";
const SMALL = 1000;
const LARGE = 1_000_000;
const PAGES = 100;
const CONNECTIONS = 16;

export async function run(): Promise<readonly Row[]> {
  const server = await startServer("./hangar-server.js");
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
  try {
    await openBucket(s3);
    await fill(server.port, 0, SMALL);
    const small = await pageTime(s3, SMALL);
    const idle = server.residentMb();
    const filling = await timed(() => fill(server.port, SMALL, LARGE));
    const memory = ((server.residentMb() - idle) * 1024) / (LARGE - SMALL);
    const large = await pageTime(s3, LARGE);
    let listed = 0;
    const listing = await timed(async () => (listed = await listAll(s3)));
    if (listed !== LARGE) throw new Error(`${listed} keys listed.`);
    const deleting = await timed(() => deleteAll(s3));
    const ratio = large / small;
    return [
      {
        what: `a page of 1,000 keys, bucket of ${LARGE.toLocaleString("en")}, p50`,
        measured: ms(large),
        against: `bucket of ${SMALL.toLocaleString("en")}: ${ms(small)}`,
        ratio,
        ...atMost(1.5, ratio),
      },
      { what: `all ${LARGE.toLocaleString("en")} keys, page by page, SDK`, measured: ms(listing) },
      {
        what: `${LARGE.toLocaleString("en")} objects of a byte put over HTTP, ${CONNECTIONS} clients`,
        measured: ms(filling),
        against: `${Math.round(LARGE / (filling / 1000))}/s, ${memory.toFixed(2)} KB of memory each`,
      },
      { what: `all of them deleted, 1,000 at once, SDK`, measured: ms(deleting) },
    ];
  } finally {
    s3.destroy();
    await server.stop();
  }
}

/** Whoever comes may put: then requests that differ in their key alone need no signature each. */
async function openBucket(s3: S3Client): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const statement = { Effect: "Allow", Principal: "*", Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/*` };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

const keyOf = (index: number): string => `folder-${index % 100}/object-${String(index).padStart(7, "0")}.json`;

async function fill(port: number, from: number, to: number): Promise<void> {
  let next = from;
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: CONNECTIONS,
    amount: to - from,
    requests: [
      {
        method: "PUT",
        // One without a body has no length, and S3 wants to be told.
        body: "0",
        setupRequest(request: autocannon.Request) {
          next += 1;
          return { ...request, path: `/${Bucket}/${keyOf(next - 1)}` };
        },
      },
    ],
  });
  if (result["2xx"] !== to - from) throw new Error(`${result["2xx"]} of ${to - from} objects were put.`);
}

async function pageTime(s3: S3Client, size: number): Promise<number> {
  const times: number[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const StartAfter = size === SMALL ? undefined : keyOf((page * 7919) % (size / 2));
    times.push(
      await timed(async () => {
        const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter }));
        if (KeyCount !== 1000) throw new Error(`${KeyCount} keys.`);
      }),
    );
  }
  return median(times);
}

async function listAll(s3: S3Client): Promise<number> {
  let count = 0;
  for (let ContinuationToken: string | undefined; ;) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    count += page.KeyCount ?? 0;
    if (page.NextContinuationToken === undefined) return count;
    ContinuationToken = page.NextContinuationToken;
  }
}

async function deleteAll(s3: S3Client): Promise<void> {
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) return;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    if (Errors.length > 0) throw new Error(Errors[0]?.Message);
  }
}
