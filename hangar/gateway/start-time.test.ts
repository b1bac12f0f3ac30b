// What a start and a first call load: packages that most runs never need wait until somebody does.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const index = new URL("../index.ts", import.meta.url).href;

type Call = {
  readonly path?: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Starts a cloud in a process of its own, calls it as `init` says, and answers the packages that were loaded. */
async function loadedBy(...calls: readonly Call[]): Promise<{ packages: string[]; statuses: number[] }> {
  const script = `
    import { createRequire, registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({ load(url, context, next) { loaded.add(url); return next(url, context); } });
    const { startCloud } = await import(${JSON.stringify(index)});
    const cloud = await startCloud();
    const statuses = [];
    for (const { path = "", ...call } of ${JSON.stringify(calls)}) statuses.push((await fetch(cloud.endpoint + path, call)).status);
    await cloud.close();
    for (const file of Object.keys(createRequire(import.meta.url).cache)) loaded.add(file);
    const names = [...loaded].flatMap((url) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1] ?? []);
    console.log(JSON.stringify({ packages: [...new Set(names)], statuses }));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  return JSON.parse(stdout) as { packages: string[]; statuses: number[] };
}

function headers(service: string, more: Readonly<Record<string, string>>): Record<string, string> {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const scope = `any/${date.slice(0, 8)}/us-east-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`;
  return { authorization, "x-amz-date": date, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", ...more };
}

const dynamodb = headers("dynamodb", {
  "x-amz-target": "DynamoDB_20120810.ListTables",
  "content-type": "application/x-amz-json-1.0",
});
const sqs = headers("sqs", { "x-amz-target": "AmazonSQS.ListQueues", "content-type": "application/x-amz-json-1.0" });

const cbor = headers("monitoring", { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" });

test("a start and the first calls of every protocol load no package at all", async () => {
  const { packages, statuses } = await loadedBy(
    { method: "POST", headers: dynamodb, body: "{}" },
    { method: "POST", headers: sqs, body: "{}" },
    { path: "/bucket", method: "PUT", headers: headers("s3", {}) },
    { path: "/service/GraniteServiceVersion20100801/operation/ListMetrics", method: "POST", headers: cbor },
  );
  expect(statuses).toEqual([200, 200, 200, 501]);
  expect(packages).toEqual([]);
});
