// Clients that break off, that read slowly and that write slowly cost a process neither memory nor files.

import { GetObjectCommand, PutObjectCommand, S3 } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { get, request, type ClientRequest, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { blobsFolder } from "../../../cloud/persistence.ts";

const SERVER = fileURLToPath(new URL("./slow-clients-server.ts", import.meta.url));
const Bucket = "slow-clients";
const MB = 1024 * 1024;
const LARGE = 256 * MB;
const CHUNK = Buffer.alloc(MB, 7);
const AT_ONCE = 64;

/** What a process holds is counted from /proc. */
const isLinux = existsSync("/proc/self/clear_refs");

let directory: string;
let server: ChildProcess;
let s3: S3;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hangar-slow-"));
  if (!isLinux) return;
  server = spawn(process.execPath, [SERVER, directory], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(server.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  s3 = new S3({ endpoint: line.toString().trim(), region: "us-east-1", credentials, forcePathStyle: true });
  await s3.createBucket({ Bucket });
  // What the first of each kind loads is no leak; that of a large one starts a thread.
  await finish(await putting("first", 8 * MB), 8 * MB);
  await s3.getObject({ Bucket, Key: "first" }).then(({ Body }) => Body?.transformToByteArray());
});

afterAll(async () => {
  if (isLinux) {
    s3.destroy();
    server.kill("SIGTERM");
    await once(server, "exit");
  }
  await rm(directory, { recursive: true, force: true });
});

const memoryMb = (field: "VmRSS" | "VmHWM"): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024;

const descriptors = (): number => readdirSync(`/proc/${server.pid}/fd`).length;

const halves = (): number => readdirSync(blobsFolder(directory)).filter((name) => name.startsWith("incoming")).length;

/** Megabytes that the process grows by, at its height. */
async function growth(run: () => Promise<unknown>): Promise<number> {
  writeFileSync(`/proc/${server.pid}/clear_refs`, "5");
  const before = memoryMb("VmRSS");
  await run();
  return memoryMb("VmHWM") - before;
}

async function putting(Key: string, size: number): Promise<ClientRequest> {
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key }));
  return request(url, { method: "PUT", agent: false, headers: { "content-length": size } });
}

/** Sends the body, a megabyte at a time; `between` runs before each. */
async function finish(outgoing: ClientRequest, size: number, between?: () => Promise<unknown>): Promise<void> {
  const answered = once(outgoing, "response") as Promise<[IncomingMessage]>;
  for (let sent = 0; sent < size; sent += CHUNK.length) {
    await between?.();
    if (!outgoing.write(CHUNK)) await once(outgoing, "drain");
  }
  outgoing.end();
  const [response] = await answered;
  response.resume();
  expect(response.statusCode).toBe(200);
}

/** Gives the server time that is counted in its own work. */
const ask = (): Promise<unknown> => s3.headObject({ Bucket, Key: "first" });

describe.skipIf(!isLinux)("a process", () => {
  test("that loses 64 uploads at once has no file, no descriptor and little memory of them", async () => {
    const before = descriptors();
    const grown = await growth(async () => {
      const all = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => putting(`broken-${at}`, 4 * MB)));
      for (const each of all) each.on("error", () => undefined).write(CHUNK);
      await vi.waitFor(() => expect(halves()).toBe(AT_ONCE), { timeout: 20_000 });
      for (const each of all) each.destroy();
      await vi.waitFor(() => expect(halves()).toBe(0), { timeout: 20_000 });
    });
    await vi.waitFor(() => expect(descriptors()).toBeLessThanOrEqual(before), { timeout: 20_000 });
    const { Contents = [] } = await s3.listObjectsV2({ Bucket });
    expect(Contents.map(({ Key }) => Key)).toEqual(["first"]);
    // All of what came is 64 MB.
    expect(grown).toBeLessThan(128);
  });

  test("takes in a large object in much less memory than it has bytes, be its writer fast or slow", async () => {
    const fast = await growth(async () => finish(await putting("large", LARGE), LARGE));
    const slow = await growth(async () => finish(await putting("slow", LARGE / 4), LARGE / 4, ask));
    expect(fast).toBeLessThan((0.6 * LARGE) / MB);
    expect(slow).toBeLessThan((0.6 * LARGE) / MB);
  });

  test("holds little of what a slow reader has yet to take", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "large" }));
    const grown = await growth(async () => {
      const [response] = (await once(get(url, { agent: false }), "response")) as [IncomingMessage];
      let size = 0;
      for await (const chunk of response) {
        size += (chunk as Buffer).length;
        // The server could send it all while it is asked.
        await ask();
        if (size > 64 * MB) break;
      }
      response.destroy();
    });
    expect(grown).toBeLessThan(64);
  });
});
