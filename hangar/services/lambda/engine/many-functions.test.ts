// Many functions and invocations at once: throttled and queued as on AWS, and handlers that die take nothing with them.

import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

const PROCESSES = 12;

let at: LambdaCloud;
let given: string | undefined;
beforeAll(async () => {
  given = process.env["HANGAR_LAMBDA_PROCESSES"];
  process.env["HANGAR_LAMBDA_PROCESSES"] = String(PROCESSES);
  at = await startLambdaCloud("many");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
  if (given === undefined) delete process.env["HANGAR_LAMBDA_PROCESSES"];
  else process.env["HANGAR_LAMBDA_PROCESSES"] = given;
});

const descriptors = (): number => readdirSync("/proc/self/fd").length;

test("of 1,100 invocations of 100 functions at once 1,000 run, with the processes there are, and 100 are throttled", async () => {
  let open = false;
  let most = 0;
  const held = new Set<() => void>();
  const gate = createServer((_request, response) => {
    if (open) return void response.end();
    held.add(() => response.end());
    most = Math.max(most, held.size);
  });
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
  const code = {
    "index.mjs": `export const handler = async () => { await fetch("http://127.0.0.1:${(gate.address() as AddressInfo).port}/"); return 1; };`,
  };
  const names = Array.from({ length: 100 }, (_, index) => `many-${index}`);
  for (const name of names) await makeFunction(at, name, code, { Timeout: 60 });
  const answers: string[] = [];
  let answered: (() => void) | undefined;
  const all = Array.from({ length: 11 }, () => names)
    .flat()
    .map(async (name) => {
      const answer = await run(at, name).then(
        ({ json }) => String(json),
        (error: { readonly name: string; readonly Reason?: string }) => `${error.name}: ${error.Reason}`,
      );
      answers.push(answer);
      if (answers.length === 100) answered?.();
    });
  await new Promise<void>((resolve) => (answered = resolve));
  expect(new Set(answers)).toEqual(new Set(["TooManyRequestsException: ConcurrentInvocationLimitExceeded"]));
  await expect.poll(() => held.size).toBe(PROCESSES);
  open = true;
  for (const release of held) release();
  await Promise.all(all);
  gate.closeAllConnections();
  gate.close();
  expect(most).toBe(PROCESSES);
  expect(answers.slice(100)).toEqual(Array.from({ length: 1000 }, () => "1"));
});

test("handlers that kill themselves or take all memory leave the rest as it was", async () => {
  await makeFunction(at, "dies", {
    "index.mjs": 'export const handler = async () => process.kill(process.pid, "SIGKILL");',
  });
  await makeFunction(
    at,
    "hungry",
    {
      "index.mjs": `const kept = [];
export const handler = async () => { for (;;) { kept.push(Buffer.alloc(8e6, 1)); await new Promise((resolve) => setTimeout(resolve)); } };`,
    },
    { Timeout: 30 },
  );
  await makeFunction(at, "lives", { "index.mjs": "export const handler = async () => process.pid;" });
  const { json: before } = await run(at, "lives");
  const open = descriptors();
  const names = [...Array.from({ length: 12 }, () => "dies"), "hungry", "hungry"];
  const types: unknown[] = [];
  for (const name of names) types.push(((await run(at, name)).json as { readonly errorType: string }).errorType);
  expect(types).toEqual([
    ...Array.from({ length: 12 }, () => "Runtime.ExitError"),
    "Runtime.OutOfMemory",
    "Runtime.OutOfMemory",
  ]);
  expect((await run(at, "lives")).json).toBe(before);
  await expect.poll(descriptors).toBeLessThanOrEqual(open);
});
