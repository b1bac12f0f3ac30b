// Extensions in container images: started before the entry point, told of invocations and of the end, and an adapter that brings a web server its invocations.

import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import {
  CreateFunctionCommand,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionCommandInput,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logOf, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";
import { ADAPTER, WATCHER } from "./test-extension.ts";
import { buildBase, buildImage, withoutImages } from "./test-image.ts";

const repository = "000000000000.dkr.ecr.us-east-1.amazonaws.com/hangar-suite-extensions";
const base = "hangar-suite/extensions-node";
const NODE = "#!/usr/bin/node\n";
const missing = await withoutImages();

const HANDLER = `
import { readFileSync, writeFileSync } from "node:fs";
const tell = (what, more) => fetch(process.env.LISTENER, { method: "POST", body: JSON.stringify({ who: process.env.AWS_LAMBDA_FUNCTION_NAME, what, ...more }) });
process.on("SIGTERM", async () => {
  await tell("SIGTERM");
  process.exit(0);
});
await tell("runtime");
export const handler = async (event) => {
  console.log("handled");
  if (event.exit) process.exit(3);
  if (event.hang) await new Promise((done) => setTimeout(done, 60_000));
  try {
    return readFileSync("/tmp/noted", "utf8");
  } catch (error) {
    return error.code;
  }
};
`;

const NOTER = `require("node:fs").writeFileSync("/tmp/noted", JSON.stringify({ uid: process.getuid(), cwd: process.cwd(), fromImage: process.env.FROM_IMAGE }));${WATCHER}`;

const SERVER = `
import { createServer } from "node:http";
createServer((request, response) => {
  console.log("served", request.url);
  if (request.url === "/end") process.exit(7);
  response.writeHead(request.url === "/teapot" ? 418 : 200, { "x-server": "plain" });
  let body = "";
  request.on("data", (part) => (body += part)).on("end", () => response.end(request.method + " " + request.url + " " + body));
}).listen(Number(process.env.PORT), "127.0.0.1");
`;

let at: LambdaCloud;
const built: (() => void)[] = [];
/** What processes have told this test, in order. */
const told: { readonly who: string; readonly what: string; readonly [member: string]: unknown }[] = [];
const listener = createServer((request, response) => {
  request.setEncoding("utf8");
  let text = "";
  request.on("data", (chunk: string) => (text += chunk));
  request.on("end", () => {
    told.push(JSON.parse(text) as (typeof told)[number]);
    response.end();
  });
});
const of = (who: string): string[] => told.filter((each) => each.who === who).map((each) => each.what);

function image(tag: string, files: Readonly<Record<string, string>>): void {
  built.unshift(buildImage(`${repository}:${tag}`, base, files));
}

async function make(
  FunctionName: string,
  tag: string,
  variables: Readonly<Record<string, string>>,
  more: Partial<CreateFunctionCommandInput> = {},
): Promise<void> {
  const LISTENER = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  await at.lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: at.role,
      PackageType: "Image",
      Architectures: [process.arch === "arm64" ? "arm64" : "x86_64"],
      Code: { ImageUri: `${repository}:${tag}` },
      Timeout: 3,
      Environment: { Variables: { LISTENER, EXTENSION: "{}", ...variables } },
      ...more,
    }),
  );
}

/** What this process has made, whatever other suites do. */
const ours = ["--filter", `label=hangar.process=${hostname()}/${process.pid}`];
const docker = (...words: readonly string[]): string[] =>
  execFileSync("docker", words, { encoding: "utf8" }).split("\n").filter(Boolean);
const containers = (name: string, ...more: readonly string[]): string[] => {
  const label = `label=hangar.lambda=arn:aws:lambda:us-east-1:000000000000:function:${name}`;
  return docker("ps", "-aq", "--filter", label, ...more);
};

const report = async (name: string): Promise<string | undefined> =>
  (await logOf(at, name)).find((line) => line.startsWith("REPORT"));

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

describe.skipIf(missing !== undefined)(
  `extensions of a container image${missing === undefined ? "" : `: skipped, ${missing}`}`,
  () => {
    beforeAll(async () => {
      built.unshift(buildBase(base));
      image("watched", { "index.mjs": HANDLER, "extensions/watcher": `${NODE}${NOTER}` });
      at = await startLambdaCloud("image-extensions");
      await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    });
    afterAll(async () => {
      expect(at.cloud.bugs).toEqual([]);
      await at.cloud.close();
      expect(docker("ps", "-aq", ...ours)).toEqual([]);
      expect(docker("volume", "ls", "-q", ...ours)).toEqual([]);
      for (const remove of built) remove();
      listener.closeAllConnections();
      listener.close();
    });

    test("one registers before the runtime starts, gets each invocation, and is told of the end after the runtime", async () => {
      await make("whole", "watched", {});
      const { json, LogResult } = await run(at, "whole", {}, { LogType: "Tail" });
      expect(docker("volume", "ls", "-q", ...ours)).toHaveLength(1);
      expect(JSON.parse(json as string)).toEqual({ uid: 993, cwd: "/", fromImage: "yes" });
      const starts = of("whole").filter((what) => ["registered", "runtime"].includes(what));
      expect(starts).toEqual(["registered", "runtime"]);
      expect(told.find((each) => each.what === "registered")).toMatchObject({
        functionName: "whole",
        accountId: "000000000000",
        own: "none",
        args: ["watcher"],
      });
      expect(Buffer.from(LogResult ?? "", "base64").toString()).toContain("EXTENSION\tName: watcher\tState: Ready");
      // Until its REPORT the environment is not free, and another would be started.
      await expect.poll(() => report("whole"), { timeout: 5000 }).toBeDefined();
      await run(at, "whole");
      await expect.poll(() => of("whole").filter((each) => each === "INVOKE")).toHaveLength(2);
      await at.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "whole", MemorySize: 256 }));
      await expect.poll(() => of("whole"), { timeout: 5000 }).toContain("SHUTDOWN");
      const ends = told.filter((each) => each.who === "whole" && each.what.startsWith("S"));
      expect(ends).toMatchObject([{ what: "SIGTERM" }, { what: "SHUTDOWN", shutdownReason: "spindown" }]);
      await expect.poll(() => containers("whole"), { timeout: 5000 }).toEqual([]);
      const events = told
        .filter((each) => each.who === "whole" && each.what === "telemetry")
        .flatMap((each) => each["events"] as { type: string; record: unknown }[]);
      expect(events.map((event) => event.type)).toContain("platform.runtimeDone");
      expect(events.find((event) => event.type === "function")?.record).toBe("handled\n");
      const lines = await logOf(at, "whole");
      expect(lines).toContain("TELEMETRY\tName: watcher\tState: Subscribed\tTypes: [Platform, Function, Extension]\n");
      expect(lines).toContain("EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\n");
      expect(lines).toContain("watched INVOKE\n");
    });

    test("the answer does not wait for an extension; REPORT does, and all of the environment stands still after it", async () => {
      await make("pauses", "watched", { EXTENSION: JSON.stringify({ pause: 600 }) });
      await run(at, "pauses");
      expect(of("pauses")).not.toContain("INVOKE");
      await at.cloud.settle();
      await expect.poll(() => report("pauses"), { timeout: 5000 }).toBeDefined();
      expect(Number(/\tDuration: ([\d.]+) ms/.exec((await report("pauses")) ?? "")?.[1])).toBeGreaterThanOrEqual(600);
      await expect.poll(() => containers("pauses", "--filter", "status=paused")).toHaveLength(2);
      expect((await run(at, "pauses")).StatusCode).toBe(200);
    });

    test("a function fails when its entry point ends, and when its time is over; the extension is told why", async () => {
      await make("ends", "watched", {});
      expect((await run(at, "ends", { exit: true })).json).toEqual({
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(
          /^RequestId: \S+ Error: Runtime exited with error: exit status 3$/,
        ) as string,
      });
      await expect
        .poll(() => told.find(({ who, what }) => who === "ends" && what === "SHUTDOWN"))
        .toMatchObject({
          shutdownReason: "failure",
        });
      await make("late", "watched", {}, { Timeout: 1 });
      expect((await run(at, "late", { hang: true })).json).toMatchObject({ errorType: "Sandbox.Timedout" });
      await expect
        .poll(() => told.find(({ who, what }) => who === "late" && what === "SHUTDOWN"))
        .toMatchObject({
          shutdownReason: "timeout",
        });
      expect(of("late")).not.toContain("SIGTERM");
    });

    test("a function whose extension cannot start fails, with the extension's error", async () => {
      const id = "RequestId: [0-9a-f-]{36} Error: ";
      const failure = async (name: string): Promise<unknown> => (await run(at, name)).json;
      await make("crashes", "watched", { EXTENSION: JSON.stringify({ fails: "crash" }) });
      expect(await failure("crashes")).toEqual({
        errorType: "Extension.Crash",
        errorMessage: expect.stringMatching(`^${id}exit status 3$`) as string,
      });
      await make("gives-up", "watched", { EXTENSION: JSON.stringify({ fails: "init" }) });
      expect(await failure("gives-up")).toEqual({
        errorType: "Extension.InitError",
        errorMessage: expect.stringMatching(`^${id}Extension.NoConfiguration$`) as string,
      });
      expect([...of("crashes"), ...of("gives-up")]).not.toContain("runtime");
      image("no-program", { "index.mjs": HANDLER, "extensions/text": "no program" });
      await make("unstartable", "no-program", {});
      expect(await failure("unstartable")).toEqual({
        errorType: "Extension.LaunchError",
        errorMessage: expect.stringMatching(`^${id}fork/exec /opt/extensions/text: exec format error$`) as string,
      });
      expect(await logOf(at, "unstartable")).toContain(
        "EXTENSION\tName: text\tState: LaunchError\tEvents: []\tError Type: UnknownError\n",
      );
    });

    test("an adapter that is an extension asks for invocations in place of the image's web server", async () => {
      image("web", { "index.mjs": "", "server.mjs": SERVER, "extensions/web-adapter": `${NODE}${ADAPTER}` });
      const ImageConfig = { EntryPoint: ["/usr/bin/node"], Command: ["server.mjs"] };
      await make("web", "web", { PORT: await freePort() }, { ImageConfig });
      const call = async (method: string, rawPath: string, body?: string): Promise<unknown> =>
        (await run(at, "web", { rawPath, body, requestContext: { http: { method } } })).json;
      expect(await call("POST", "/orders", "one")).toMatchObject({
        statusCode: 200,
        headers: { "x-server": "plain" },
        body: "POST /orders one",
      });
      expect(await call("GET", "/teapot")).toMatchObject({ statusCode: 418 });
      expect(await logOf(at, "web")).toContain("served /teapot\n");
      await expect.poll(() => containers("web", "--filter", "status=paused")).toHaveLength(2);
      expect(await call("GET", "/end")).toMatchObject({
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(/Runtime exited with error: exit status 7$/) as string,
      });
      expect(await call("GET", "/again")).toMatchObject({ statusCode: 200 });
    });
  },
);
