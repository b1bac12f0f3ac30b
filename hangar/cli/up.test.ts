// `hangar up`: a function whose TypeScript is saved, and one that stands at a breakpoint in it, by the real command and a real debugger.

import { createServer, type AddressInfo } from "node:net";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { folderWith, type Folder, type Running } from "./test-process.ts";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));
const WAIT = { timeout: 30_000 };

const app = `
const { App, CfnOutput, CfnResource, Duration, Stack } = require("aws-cdk-lib");
const { Alias, Runtime } = require("aws-cdk-lib/aws-lambda");
const { NodejsFunction } = require("aws-cdk-lib/aws-lambda-nodejs");
const stack = new Stack(new App(), "Small");
for (let n = 0; n < 105; n += 1)
  new CfnResource(stack, "A" + n, { type: "AWS::SSM::Parameter", properties: { Type: "String", Value: "more than a page" } });
const hello = new NodejsFunction(stack, "Hello", {
  entry: "handlers/hello.ts",
  runtime: Runtime.NODEJS_24_X,
  timeout: Duration.seconds(1),
  depsLockFilePath: "package-lock.json",
  bundling: {
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (from, to) => ["cp " + from + "/beside.txt " + to],
    },
  },
});
new Alias(stack, "Live", { aliasName: "live", version: hello.currentVersion });
new CfnOutput(stack, "FunctionName", { value: hello.functionName });
`;
const SOURCES = {
  "package.json": "{}",
  "package-lock.json": "{}",
  "cdk.json": JSON.stringify({
    app: `"${process.execPath}" app.cjs`,
    watch: { include: ["handlers/**"], exclude: ["**/*.md"] },
  }),
  "app.cjs": app,
  "beside.txt": "beside the bundle",
  "handlers/word.ts": 'export const word: string = "Hello";\n',
  "handlers/hello.ts": `import { readFileSync } from "node:fs";
import { word } from "./word.ts";

type Event = { readonly name: string };
type Context = { getRemainingTimeInMillis(): number };
export const handler = async ({ name }: Event, context: Context): Promise<unknown> => {
  if (name === "debugger") debugger;
  if (name === "nobody") await new Promise((done) => setTimeout(done, 60_000));
  const said = \`\${word} \${name}\`;
  if (name === "debugger") await new Promise((done) => setTimeout(done, 100));
  if (name === "debugger") return { said, left: context.getRemainingTimeInMillis() };
  return { said, beside: readFileSync("beside.txt", "utf8") };
};
`,
};
/** Of `const said`, from 0. */
const LINE = 8;

let folder: Folder | undefined;
let up: Running | undefined;
afterEach(async () => {
  up?.child.kill("SIGINT");
  await up?.ended();
  folder?.remove();
});

type Say = (name: string, Qualifier?: string) => Promise<unknown>;

async function begin(...words: readonly string[]): Promise<Say> {
  const here = folderWith(SOURCES);
  folder = here;
  symlinkSync(MODULES, join(here.path, "node_modules"), "junction");
  const running = await here.start("up", "--port", "0", ...words);
  up = running;
  await told(/Ctrl-C stops it/);
  const [, endpoint = ""] = /^Endpoint: (\S+)$/m.exec(running.said()) ?? [];
  const [, FunctionName = ""] = /FunctionName = (\S+)/.exec(running.said()) ?? [];
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const lambda = new LambdaClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  return async (name, Qualifier = "$LATEST") => {
    const input = { FunctionName, Qualifier, Payload: JSON.stringify({ name }) };
    const { Payload } = await lambda.send(new InvokeCommand(input));
    return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
  };
}

/** Resolves with what matched, once the command has said it. */
async function told(words: RegExp): Promise<string> {
  await expect.poll(() => up?.said(), WAIT).toMatch(words);
  return words.exec(up?.said() ?? "")?.[1] ?? "";
}

function save(file: string, text: string): void {
  writeFileSync(join(folder?.path ?? "", file), text);
}

type Script = { readonly scriptId: string; readonly url: string; readonly sourceMapURL: string };
type Paused = { readonly callFrames: readonly { readonly functionName: string; readonly location: object }[] };

/** A debugger that is told of the function's scripts. */
async function attach(url: string): Promise<{
  readonly script: Script;
  readonly pauses: readonly Paused[];
  ask(method: string, params?: object): void;
}> {
  const socket = new WebSocket(url);
  const scripts: Script[] = [];
  const pauses: Paused[] = [];
  let asked = 0;
  const ask = (method: string, params: object = {}): void =>
    socket.send(JSON.stringify({ id: (asked += 1), method, params }));
  socket.on("message", (data: Buffer) => {
    const { method, params } = JSON.parse(data.toString()) as { readonly method?: string; readonly params: unknown };
    if (method === "Debugger.scriptParsed") scripts.push(params as Script);
    if (method === "Debugger.paused") pauses.push(params as Paused);
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  ask("Debugger.enable");
  const own = (): Script | undefined =>
    scripts.find((each) => /^file:.*\/index\.js$/.test(each.url) && each.sourceMapURL !== "");
  await expect.poll(own, WAIT).toBeDefined();
  return { script: own() as Script, pauses, ask };
}

/** Where the bundle has a line of a source file, and where that file is. */
function find(
  { sourceMapURL }: Script,
  source: string,
  line: number,
): { lineNumber: number; path: string } | undefined {
  const json = Buffer.from(sourceMapURL.replace(/^data:.*;base64,/, ""), "base64").toString();
  const payload = JSON.parse(json) as SourceMapPayload;
  const map = new SourceMap(payload);
  for (let lineNumber = 0; lineNumber < 500; lineNumber += 1) {
    const entry = map.findEntry(lineNumber, 4);
    if (!("originalSource" in entry) || !entry.originalSource.endsWith(source) || entry.originalLine !== line) continue;
    const at = payload.sources.find((each) => each.endsWith(source)) ?? "";
    return { lineNumber, path: fileURLToPath(new URL(at, payload.sourceRoot)) };
  }
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

test("a saved source is in the next answer, beside what the bundle's hooks have made", async () => {
  const say = await begin();
  expect(await say("Ada")).toEqual({ said: "Hello Ada", beside: "beside the bundle" });
  save("handlers/word.ts", 'export const word: string = "Good day,";\n');
  await told(/^Swapped in /m);
  expect(await say("Ada")).toEqual({ said: "Good day, Ada", beside: "beside the bundle" });
  expect(up?.said()).not.toContain("debugger on");
});

test("who calls by an alias has the saved source too; what cdk.json excludes changes nothing", async () => {
  const say = await begin();
  expect(await say("Ada", "live")).toMatchObject({ said: "Hello Ada" });
  save("handlers/notes.md", "not for the function");
  save("handlers/word.ts", 'export const word: string = "Good day,";\n');
  await told(/^Swapped in /m);
  expect(await say("Ada", "live")).toMatchObject({ said: "Good day, Ada" });
  expect(up?.said()).not.toContain("Changed:");
});

test("a breakpoint in TypeScript stops the function and its timeout", async () => {
  const first = await freePort();
  const say = await begin(`--inspect=${first}`);
  expect(await say("Ada")).toMatchObject({ said: "Hello Ada" });
  const url = await told(/debugger on (ws:\S+)$/m);
  expect(url).toContain(`ws://127.0.0.1:${first}/`);

  const { script, pauses, ask } = await attach(url);
  const place = find(script, "hello.ts", LINE);
  expect(readFileSync(place?.path ?? "", "utf8").split("\n")[LINE]).toContain("const said");
  expect(place?.path).toBe(join(folder?.path ?? "", "handlers", "hello.ts"));
  ask("Debugger.setBreakpoint", { location: { scriptId: script.scriptId, lineNumber: place?.lineNumber } });
  const answer = say("Grace");
  await expect.poll(() => pauses.length, WAIT).toBe(1);
  expect(pauses[0]?.callFrames[0]).toMatchObject({
    functionName: "handler",
    location: { lineNumber: place?.lineNumber },
  });
  const since = performance.now();
  await expect.poll(() => performance.now() - since, WAIT).toBeGreaterThan(2000);
  ask("Debugger.resume");
  expect(await answer).toMatchObject({ said: "Hello Grace" });

  ask("Debugger.setBreakpointsActive", { active: false });
  expect(await say("nobody")).toMatchObject({ errorType: "Sandbox.Timedout" });
  expect(await say("Grace")).toMatchObject({ said: "Hello Grace" });

  save("handlers/word.ts", 'export const word: string = "Good day,";\n');
  await told(/^Swapped in /m);
  expect(await say("Ada")).toMatchObject({ said: "Good day, Ada" });
  const urls = [...(up?.said() ?? "").matchAll(/debugger on (ws:\S+)$/gm)].map(([, each = ""]) => each);
  expect(urls).toHaveLength(3);
  expect(new Set(urls.map((each) => new URL(each).port))).toEqual(new Set([String(first)]));

  const answered = say("debugger");
  const waits = await told(/waits at a debugger statement; attach to (ws:\S+)$/m);
  const again = await attach(waits);
  expect(find(again.script, "hello.ts", LINE)?.path).toBe(place?.path);
  await expect.poll(() => again.pauses.length, WAIT).toBe(1);
  const paused = performance.now();
  await expect.poll(() => performance.now() - paused, WAIT).toBeGreaterThan(1500);
  again.ask("Debugger.resume");
  const { said, left } = (await answered) as { readonly said: string; readonly left: number };
  expect(said).toBe("Good day, debugger");
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(1000);
});
