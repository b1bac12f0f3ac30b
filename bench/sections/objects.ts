// One gigabyte up to S3 and down again, against a raw node:http sink and source.

import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { request } from "node:http";
import { startServer } from "../child.ts";
import { prepare } from "../prepare.ts";
import { atMost, timed, type Row } from "../table.ts";

const MEGABYTES = 1024;
const CHUNK = Buffer.alloc(1024 * 1024, 7);

export async function run(): Promise<readonly Row[]> {
  const raw = await startServer("./raw-server.ts");
  const hangar = await startServer("./hangar-server.js");
  try {
    const endpoint = `http://127.0.0.1:${hangar.port}`;
    await prepare(endpoint);
    const s3 = new S3Client({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      forcePathStyle: true,
    });
    const up = await getSignedUrl(s3, new PutObjectCommand({ Bucket: "bench", Key: "large" }));
    const down = await getSignedUrl(s3, new GetObjectCommand({ Bucket: "bench", Key: "large" }));
    const before = hangar.residentMb();
    const rawUp = MEGABYTES / ((await timed(() => send(`http://127.0.0.1:${raw.port}/sink`))) / 1000);
    const ourUp = MEGABYTES / ((await timed(() => send(up))) / 1000);
    const rawDown =
      MEGABYTES / ((await timed(() => receive(`http://127.0.0.1:${raw.port}/source/${MEGABYTES}`))) / 1000);
    const ourDown = MEGABYTES / ((await timed(() => receive(down))) / 1000);
    const extra = hangar.peakMb() - before;
    return [
      {
        what: "1 GB object up",
        measured: `${Math.round(ourUp)} MB/s`,
        against: `raw sink: ${Math.round(rawUp)} MB/s`,
        ratio: ourUp / rawUp,
      },
      {
        what: "1 GB object down",
        measured: `${Math.round(ourDown)} MB/s`,
        against: `raw source: ${Math.round(rawDown)} MB/s`,
        ratio: ourDown / rawDown,
      },
      {
        what: "peak memory for both, above idle",
        measured: `${Math.round(extra)} MB`,
        ...atMost(100, extra, "MB"),
      },
    ];
  } finally {
    await raw.stop();
    await hangar.stop();
  }
}

function send(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method: "PUT", headers: { "content-length": MEGABYTES * CHUNK.length } },
      (response) => {
        response.resume();
        response.once("end", () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`PUT: ${response.statusCode}`)),
        );
      },
    );
    outgoing.once("error", reject);
    let left = MEGABYTES;
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!outgoing.write(CHUNK)) {
          outgoing.once("drain", more);
          return;
        }
      }
      outgoing.end();
    };
    more();
  });
}

function receive(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let size = 0;
    request(url, (response) => {
      response.on("data", (chunk: Buffer) => (size += chunk.length));
      response.once("end", () =>
        size === MEGABYTES * CHUNK.length ? resolve() : reject(new Error(`GET: ${size} bytes`)),
      );
    })
      .once("error", reject)
      .end();
  });
}
