// `hangar snapshot`, `reset`, `--snapshot` and `--persist`: real processes.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { folderWith, type Folder } from "./test-process.ts";
import type { Instance } from "./instance.ts";

const folders: Folder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

async function call(endpoint: string, operation: string, input: object): Promise<Record<string, unknown>> {
  const body = JSON.stringify({ service: "sqs", operation, input });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${endpoint}/_hangar/call`, { method: "POST", body, headers });
  return (await answer.json()) as Record<string, unknown>;
}

async function queues(endpoint: string): Promise<readonly string[]> {
  const { QueueUrls = [] } = (await call(endpoint, "ListQueues", {})) as { QueueUrls?: string[] };
  return QueueUrls.map((url) => url.slice(url.lastIndexOf("/") + 1));
}

type Running = { readonly endpoint: string; stop(): Promise<void> };

async function started(here: Folder, ...words: string[]): Promise<Running> {
  const { line, child, ended } = await here.start("start", "--port", "0", "--json", ...words);
  const { endpoint } = JSON.parse(line) as Instance;
  return {
    endpoint,
    stop: async () => {
      child.kill("SIGTERM");
      expect(await ended()).toMatchObject({ code: 0, stderr: "" });
    },
  };
}

test("the running world is saved, compared, loaded and reset; another start begins with it", async () => {
  const here = folderWith();
  folders.push(here);
  const first = await started(here);
  await call(first.endpoint, "CreateQueue", { QueueName: "kept" });
  const directory = join(here.path, "one");
  expect(await here.hangar("snapshot", "save", "one")).toMatchObject({
    code: 0,
    stdout: `Saved 1 rows and 0 bodies: ${directory}\n`,
  });
  expect(await here.hangar("snapshot", "diff", "one")).toEqual({ code: 0, stdout: "No difference.\n", stderr: "" });
  await call(first.endpoint, "CreateQueue", { QueueName: "later" });
  const differs = await here.hangar("snapshot", "diff", "one", "--fail");
  expect(differs.code).toBe(1);
  expect(differs.stdout).toMatch(
    /^sqs 000000000000 us-east-1 queues\n  \+ later  \{.*\nRows: 1 added, 0 removed, 0 changed\.\n$/,
  );
  const json = await here.hangar("snapshot", "diff", "one", "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({ rows: [{ service: "sqs", key: "later", change: "added" }] });
  expect(await here.hangar("snapshot", "load", "one", "--json")).toMatchObject({ code: 0, stderr: "" });
  expect(await queues(first.endpoint)).toEqual(["kept"]);
  expect(await here.hangar("reset")).toEqual({ code: 0, stdout: `Reset: ${first.endpoint}\n`, stderr: "" });
  expect(await queues(first.endpoint)).toEqual([]);
  expect(await here.hangar("snapshot", "load", "none")).toEqual({
    code: 1,
    stdout: "",
    stderr: `${join(here.path, "none")} is no snapshot: it has no snapshot.json.\n`,
  });
  await first.stop();
  const second = await started(here, "--snapshot", "one", "--persist", "data");
  expect(await queues(second.endpoint)).toEqual(["kept"]);
  await second.stop();
  const third = await started(here, "--persist", "data");
  expect(await queues(third.endpoint)).toEqual(["kept"]);
  await third.stop();
  const refused = await here.hangar("start", "--port", "0", "--snapshot", "one", "--persist", "data");
  expect(refused).toMatchObject({
    code: 1,
    stderr: "What is kept from the last start would be lost: load the snapshot later.\n",
  });
  expect(readdirSync(here.path).toSorted()).toEqual(["data", "one"]);
  expect(here.left()).toEqual([]);
});

test.each([[[]], [["save"]], [["copy", "a"]], [["load", "a", "b"]], [["diff"]], [["constructor", "a"]]])(
  "hangar snapshot %j says how it is used",
  async (words) => {
    const here = folderWith();
    folders.push(here);
    expect(await here.hangar("snapshot", ...words)).toEqual({
      code: 2,
      stdout: "",
      stderr: "Usage: hangar snapshot save DIR | load DIR | diff DIR [DIR]\n",
    });
  },
);

test("without a running instance there is nothing to save or reset", async () => {
  const here = folderWith();
  folders.push(here);
  for (const words of [["snapshot", "save", "one"], ["reset"]])
    expect(await here.hangar(...words)).toMatchObject({
      code: 1,
      stderr: "Nothing is running in this folder. Start it with: hangar start\n",
    });
});
