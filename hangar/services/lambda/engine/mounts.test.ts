// What a function sees of the machine: its own /tmp, /opt and /var/task, its own variables, and no descriptor of ours.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PublishLayerVersionCommand, type Runtime } from "@aws-sdk/client-lambda";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { nodeProgram } from "./runtimes.ts";
import { sandbox } from "./sandbox.ts";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
const none = typeof (await sandbox()) === "string";

beforeAll(async () => {
  at = await startLambdaCloud("mounts");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

afterEach(() => vi.unstubAllEnvs());

const NAMES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EC2_METADATA_DISABLED",
  "AWS_ENDPOINT_URL",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_FORMAT",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_XRAY_CONTEXT_MISSING",
  "HOME",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
  "LANG",
  "LD_LIBRARY_PATH",
  "PATH",
  "PWD",
  "TZ",
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
];

/** Of the host, in the hands of whoever starts Hangar. */
const HOST = {
  AWS_PROFILE: "host",
  AWS_SECRET_ACCESS_KEY: "host",
  HANGAR_SECRET: "host",
  NODE_OPTIONS: "--no-warnings",
  PYTHONPATH: "/host",
  HOST_SECRET: "host",
};

/** A Hangar that is itself installed below /tmp is seen there. */
const OURS = import.meta.dirname.startsWith("/tmp/") ? [import.meta.dirname.split("/")[2] ?? ""] : [];

const DUMPS = {
  "index.mjs": `import { readdirSync, readFileSync, readlinkSync } from "node:fs";
export const handler = async () => ({
  env: process.env,
  mounts: readFileSync("/proc/self/mounts", "utf8"),
  descriptors: readdirSync("/proc/self/fd").flatMap((fd) => { try { return [readlinkSync("/proc/self/fd/" + fd)]; } catch { return []; } }),
});`,
  "index.py": `import os
def handler(event, context):
    links = []
    for fd in os.listdir("/proc/self/fd"):
        try:
            links.append(os.readlink("/proc/self/fd/" + fd))
        except OSError:
            pass
    return {"env": dict(os.environ), "mounts": open("/proc/self/mounts").read(), "descriptors": links}`,
  "bootstrap*": `#!/usr/bin/env python3
import json, os, urllib.request
exec(open("/var/task/index.py").read())
base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(base + "next") as response:
        id = response.headers["Lambda-Runtime-Aws-Request-Id"]
        response.read()
    data = json.dumps(handler({}, None)).encode()
    urllib.request.urlopen(urllib.request.Request(base + id + "/response", data=data)).read()
`,
};

type Dump = {
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: string;
  readonly descriptors: readonly string[];
};

describe.skipIf(none)("with mounts of its own", () => {
  test.each<[Runtime, readonly string[]]>([
    ["nodejs24.x", ["NODE_PATH"]],
    ["python3.12", ["PYTHONDONTWRITEBYTECODE", "PYTHONPATH"]],
    ["provided.al2023", []],
  ])("%s has Lambda's variables and mounts, and nothing of the host's", async (runtime, more) => {
    for (const [name, value] of Object.entries(HOST)) vi.stubEnv(name, value);
    const name = `dumps-${runtime.slice(0, 6)}`;
    await makeFunction(at, name, DUMPS, { Runtime: runtime, Timeout: 20 });
    const { env, mounts, descriptors } = (await run(at, name)).json as Dump;
    // A program without Lambda's runtime learns of its trace by a header.
    const own = runtime.startsWith("provided") ? NAMES.filter((each) => each !== "_X_AMZN_TRACE_ID") : NAMES;
    // Python sets it for itself where the machine has no English.
    const names = Object.keys(env).filter((each) => each !== "LC_CTYPE");
    expect(names.toSorted()).toEqual([...own, ...more].toSorted());
    expect(Object.values(env)).not.toContain("host");
    expect(env).toMatchObject({ HOME: "/tmp", LAMBDA_TASK_ROOT: "/var/task", PWD: "/var/task" });
    const of = (place: string): string | undefined =>
      mounts
        .split("\n")
        .map((line) => line.split(" "))
        .findLast(([, mounted]) => mounted === place)?.[3]
        ?.slice(0, 2);
    expect(["/var/task", "/opt", "/tmp", "/var/hangar"].map(of)).toEqual(["ro", "ro", "rw", undefined]);
    const files = descriptors.filter((each) => !/^(?:socket|pipe|anon_inode):|^\/(?:dev\/null$|proc\/)/.test(each));
    expect(files).toEqual([]);
  });

  test("/tmp is the environment's own, stays from one invocation to the next, and has its size", async () => {
    await makeFunction(
      at,
      "keeps",
      {
        "index.mjs": `import { readdirSync, writeFileSync } from "node:fs";
export const handler = async ({ name, megabytes = 0, wait = 0 }) => {
  const before = readdirSync("/tmp");
  await new Promise((done) => setTimeout(done, wait));
  try {
    writeFileSync("/tmp/" + name, Buffer.alloc(megabytes * 1024 * 1024));
    return before;
  } catch (error) {
    return error.code;
  }
};`,
      },
      { EphemeralStorage: { Size: 513 }, Timeout: 20 },
    );
    const both = await Promise.all([
      run(at, "keeps", { name: "a", wait: 300 }),
      run(at, "keeps", { name: "a", wait: 300 }),
    ]);
    expect(both.map((each) => each.json)).toEqual([OURS, OURS]);
    expect((await run(at, "keeps", { name: "b", megabytes: 500 })).json).toEqual([...OURS, "a"].toSorted());
    expect((await run(at, "keeps", { name: "c", megabytes: 20 })).json).toBe("ENOSPC");
  });

  test("a process stands still between invocations, with all it has started", async () => {
    const code = `const { spawn } = require("node:child_process");
const child = spawn("sleep", ["600"], { stdio: "ignore" });
exports.handler = async () => [process.pid, child.pid];`;
    await makeFunction(at, "frozen", { "index.js": code });
    const processes = (await run(at, "frozen")).json as number[];
    await expect.poll(() => processes.map(stateOf)).toEqual(["T", "T"]);
    expect((await run(at, "frozen")).json).toEqual(processes);
  });

  test("code and layers cannot be written, and a later layer lies over an earlier one", async () => {
    const layers: string[] = [];
    for (const [name, files] of Object.entries({ low: { both: "low", low: "low" }, high: { both: "high" } })) {
      const command = new PublishLayerVersionCommand({ LayerName: name, Content: { ZipFile: archive(files) } });
      layers.push((await at.lambda.send(command)).LayerVersionArn ?? "");
    }
    await makeFunction(
      at,
      "writes",
      {
        "index.mjs": `import { readFileSync, readdirSync, writeFileSync } from "node:fs";
const written = (path) => { try { writeFileSync(path, "x"); return "written"; } catch (error) { return error.code; } };
export const handler = async () => [written("/var/task/x"), written("x"), written("/opt/x"), readdirSync("/opt"), readFileSync("/opt/both", "utf8"), process.cwd(), import.meta.url];`,
      },
      { Layers: layers },
    );
    expect((await run(at, "writes")).json).toEqual([
      "EROFS",
      "EROFS",
      "EROFS",
      ["both", "low"],
      "high",
      "/var/task",
      "file:///var/task/index.mjs",
    ]);
  });

  test.each<[Runtime, Readonly<Record<string, string>>]>([
    [
      "nodejs24.x",
      {
        "index.js": `const { openSync } = require("node:fs");
exports.handler = async () => {
  try { for (;;) openSync("/dev/null"); } catch (error) { return error.code; }
};`,
      },
    ],
    [
      "python3.12",
      {
        "index.py": `import errno
def handler(event, context):
    kept = []
    try:
        while len(kept) < 2000: kept.append(open("/dev/null"))
    except OSError as error:
        return errno.errorcode[error.errno]`,
      },
    ],
  ])("%s has 1,024 descriptors", async (runtime, files) => {
    await makeFunction(at, `opens-${runtime.slice(0, 4)}`, files, { Runtime: runtime, Timeout: 20 });
    expect((await run(at, `opens-${runtime.slice(0, 4)}`)).json).toBe("EMFILE");
  });
});

/** `T` when it is stopped. */
function stateOf(pid: number): string {
  return execFileSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" }).trim();
}

/** A project below /tmp whose SDK is linked from another folder there. */
const LINKED = `import { makeFunction, run, startLambdaCloud } from ${JSON.stringify(new URL("./test-cloud.ts", import.meta.url).href)};
const at = await startLambdaCloud("linked");
await makeFunction(at, "asks", { "index.mjs": "import { where } from '@aws-sdk/client-linked'; export const handler = async () => where;" });
console.log(JSON.stringify((await run(at, "asks")).json));
await at.cloud.close();`;

test.skipIf(none)("what runtimes bring is found where links below /tmp lead to", ({ onTestFinished }) => {
  const folder = mkdtempSync("/tmp/hangar-linked-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const source = join(folder, "store/node_modules/@aws-sdk/client-linked");
  const scope = join(folder, "project/node_modules/@aws-sdk");
  for (const each of [source, scope]) mkdirSync(each, { recursive: true });
  writeFileSync(join(source, "package.json"), `{ "name": "@aws-sdk/client-linked", "exports": "./index.js" }`);
  writeFileSync(join(source, "index.js"), `exports.where = "the store";`);
  symlinkSync(source, join(scope, "client-linked"));
  const output = execFileSync(nodeProgram("nodejs24.x").command, ["--input-type=module", "-e", LINKED], {
    encoding: "utf8",
    cwd: join(folder, "project"),
    env: { PATH: process.env["PATH"] },
  });
  expect(JSON.parse(output)).toBe("the store");
});

/** A cloud on a machine that has no namespaces to give, in a process of its own; prints the first log of two. */
const CLOUD = `import { logOf, makeFunction, run, startLambdaCloud } from ${JSON.stringify(new URL("./test-cloud.ts", import.meta.url).href)};
const at = await startLambdaCloud("unmounted");
const code = { "index.mjs": "import { readFileSync } from 'node:fs'; export const handler = async () => readFileSync('/var/task/note', 'utf8');", note: "note" };
const answers = [];
for (const name of ["first", "second"]) {
  await makeFunction(at, name, code);
  answers.push([(await run(at, name)).json, (await logOf(at, name)).filter((line) => line.startsWith("Hangar"))]);
}
console.log(JSON.stringify(answers));
await at.cloud.close();`;

test("without them paths are rewritten, and the first log says so", () => {
  const output = execFileSync(nodeProgram("nodejs24.x").command, ["--input-type=module", "-e", CLOUD], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HANGAR_LAMBDA_MOUNTS: "off" },
  });
  expect(JSON.parse(output)).toEqual([
    [
      "note",
      [
        "Hangar: no mounts of its own (HANGAR_LAMBDA_MOUNTS is off): /tmp is the machine's, and the paths of /var/task and /opt are rewritten.\n",
      ],
    ],
    ["note", []],
  ]);
});
