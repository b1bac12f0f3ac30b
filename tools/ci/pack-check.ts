// `npm run pack:check`: the package as npm would publish it, installed in an empty folder and used there, on Node 22 and 24.

import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { areExpected, runExamples } from "./packed-examples.ts";

const MEGABYTES = 40;
const PACKAGES = 40;
/** The oldest Node that `engines` allows. */
const OLDEST = "22.12.0";

const root = fileURLToPath(new URL("../../", import.meta.url));
const given = fileURLToPath(new URL("./packed/", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "hangar-pack-"));
const problems: string[] = [];

function check(what: string, ok: boolean, says: string): void {
  console.log(`${ok ? "ok    " : "FAILED"} ${what}: ${says}`);
  if (!ok) problems.push(what);
}

type Run = { readonly cwd: string; readonly node?: string };

/** Runs to the end; answers standard output. Throws with all that was said when the exit code is not 0. */
function run(program: string, parameters: readonly string[], { cwd, node }: Run): string {
  const done = spawnSync(program, parameters, { cwd, encoding: "utf8", timeout: 300_000, env: environment(node) });
  if (done.status !== 0)
    throw new Error(
      `${program} ${parameters.join(" ")}: exit ${done.status ?? done.signal}\n${done.stdout}${done.stderr}`,
    );
  return done.stdout;
}

/** Nothing of npm's or of the workspace's own settings reaches what is checked. */
function environment(node: string | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|AWS_|NODE_OPTIONS|INIT_CWD)/.test(name));
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return {
    ...Object.fromEntries(kept),
    PATH: [...(node === undefined ? [] : [dirname(node)]), ...path].join(delimiter),
  };
}

function pack(): string {
  run("npm", ["pack", "--silent", "-w", "hangar", "--pack-destination", work], { cwd: root, node: process.execPath });
  const [tarball] = globSync("*.tgz", { cwd: work });
  if (tarball === undefined) throw new Error("npm pack made nothing.");
  return join(work, tarball);
}

function install(tarball: string): string {
  const folder = join(work, "app");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  run("npm", ["install", "--silent", "--prefer-offline", "--no-audit", "--no-fund", tarball], { cwd: folder });
  return folder;
}

type Installed = {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly optional?: boolean }>>;
};

function checkWeight(folder: string): void {
  const modules = join(folder, "node_modules");
  const { packages } = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")) as Installed;
  const names = Object.keys(packages);
  const files = globSync("**/*", { cwd: modules, withFileTypes: true }).filter((entry) => entry.isFile());
  // As the disk sees it: a small file takes a block.
  const bytes = files.reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).blocks * 512, 0);
  const megabytes = bytes / 1024 / 1024;
  const scripts = names.filter((name) => packages[name]?.hasInstallScript === true);
  const natives = files.filter(({ name }) => /\.(node|so|dylib|dll)$/.test(name)).map(({ name }) => name);
  const optional = names.filter((name) => packages[name]?.optional === true);
  check("size", megabytes <= MEGABYTES, `${megabytes.toFixed(1)} MB installed, at most ${MEGABYTES}`);
  check("packages", names.length <= PACKAGES, `${names.length}, at most ${PACKAGES}`);
  check("install scripts", scripts.length === 0, scripts.join(", ") || "none");
  check("native parts", natives.length + optional.length === 0, [...natives, ...optional].join(", ") || "none");
}

/** What is the workspace's own: the CDK, linked so that it need not be downloaded, and a compiler for the types. */
function makeApp(folder: string): void {
  mkdirSync(join(folder, "greeter"));
  cpSync(join(given, "greeter.js"), join(folder, "greeter", "index.cjs"));
  for (const name of ["app.js", "start.mjs", "start.cjs", "typed-app.ts", "typed-suite.ts"])
    cpSync(join(given, name), join(folder, name));
  cpSync(join(given, "suite.js"), join(folder, "suite.test.js"));
  writeFileSync(join(folder, "cdk.json"), JSON.stringify({ app: "node app.js" }));
  const config = { test: { globalSetup: "hangar/vitest/setup" } };
  writeFileSync(join(folder, "vitest.config.js"), `export default ${JSON.stringify(config)};\n`);
  mkdirSync(join(folder, "node_modules", "@aws-sdk"));
  for (const name of ["aws-cdk-lib", "constructs", "@types", "vitest", "@aws-sdk/client-lambda"])
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name), "junction");
}

function compile(folder: string, library: string, files: readonly string[]): void {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const flags = ["--noEmit", "--strict", "--target", "es2024", "--module", "nodenext", "--types", "node"];
  run(process.execPath, [compiler, ...flags, "--lib", `es2024,esnext.disposable${library}`, ...files], { cwd: folder });
}

function checkTypes(folder: string): void {
  compile(folder, "", ["typed-app.ts"]);
  check("types", true, "a strict program compiles against the declarations that ship, library checks included");
}

/** After a run of the suite: it writes the declaration of the app's outputs. */
function checkSuiteTypes(folder: string): void {
  const misspelt = `import type { Stack } from "hangar/vitest";
export const right = ({ outputs }: Stack): string => outputs.Greeting;
// @ts-expect-error: the app has no such output.
export const wrong = ({ outputs }: Stack) => outputs.Greting;
`;
  writeFileSync(join(folder, "typed-outputs.ts"), misspelt);
  // vitest's own declarations speak of the browser.
  compile(folder, ",dom", ["typed-suite.ts", "typed-outputs.ts", ".hangar/stack-outputs.d.ts"]);
  check("types of hangar/vitest", true, "a strict suite compiles: outputs by name, clients where they are installed");
}

async function checkUse(folder: string, node: string): Promise<void> {
  const version = run(node, ["-p", "process.versions.node"], { cwd: folder }).trim();
  const where: Run = { cwd: folder, node };
  const queue = run(node, ["start.mjs"], where).trim();
  check(`Node ${version}: import`, queue.endsWith("/000000000000/packed"), queue);
  const facts = run(node, ["start.cjs"], where).trim();
  check(`Node ${version}: require`, facts === "000000000000 us-east-1", facts);
  const suite = run(node, [join("node_modules", "vitest", "vitest.mjs"), "run"], where);
  check(`Node ${version}: hangar/vitest`, /1 passed/.test(suite), "the app is deployed, the suite passes");
  const ready = JSON.parse(run("npx", ["hangar", "check", "--json"], where)) as Readiness;
  const types = ready.resources.map(({ type, state }) => `${type} ${state}`);
  check(`Node ${version}: npx hangar check`, types.length > 0 && !/missing/.test(types.join()), types.join(", "));
  const started = await start(where);
  try {
    check(`Node ${version}: npx hangar start`, started.endpoint.startsWith("http:"), started.endpoint);
    const [stack] = JSON.parse(run("npx", ["hangar", "deploy", "--json"], where)) as readonly Deployed[];
    const outputs = stack?.outputs ?? {};
    check(`Node ${version}: npx hangar deploy`, outputs["TableName"] !== undefined, JSON.stringify(outputs));
    const answer = await invoke(started.endpoint, outputs["Greeting"] ?? "");
    check(`Node ${version}: the function`, answer.includes("Hello Ada"), answer);
  } finally {
    run("npx", ["hangar", "stop"], where);
  }
  await started.ended;
  check(`Node ${version}: npx hangar stop`, !existsSync(join(folder, ".hangar", "instance.json")), "nothing runs");
}

/** The suites use `await using`, which the oldest Node does not know. */
async function checkRunners(folder: string): Promise<void> {
  const node = (parameters: readonly string[], cwd: string): string => run(process.execPath, parameters, { cwd });
  for (const [runner, titles] of Object.entries(await runExamples(root, folder, node)))
    check(runner, areExpected(titles), `${titles.length} tests of docs/examples/runners pass: ${titles.join("; ")}`);
}

type Readiness = { readonly resources: readonly { readonly type: string; readonly state: string }[] };
type Deployed = { readonly outputs: Readonly<Record<string, string>> };

function start({ cwd, node }: Run): Promise<{ readonly endpoint: string; readonly ended: Promise<void> }> {
  const child = spawn("npx", ["hangar", "start", "--port", "0", "--json"], {
    cwd,
    env: environment(node),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  return new Promise((done, fail) => {
    let said = "";
    child.once("close", (code) => fail(new Error(`npx hangar start: exit ${code}\n${said}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("\n")) done({ endpoint: (JSON.parse(said) as { endpoint: string }).endpoint, ended });
    });
  });
}

async function invoke(endpoint: string, name: string): Promise<string> {
  const scope = "Credential=foo/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00";
  const response = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 ${scope}`, "x-amz-date": "20260101T000000Z" },
    body: JSON.stringify({ name: "Ada" }),
  });
  return response.text();
}

/** The oldest Node, kept between runs. Undefined where npm carries none for this machine; on Linux it does. */
function oldestNode(): string | undefined {
  const name = process.platform === "darwin" ? `node-bin-darwin-${process.arch}` : `node-linux-${process.arch}`;
  const folder = join(root, "node_modules", ".cache", `node-${OLDEST}`);
  const binary = join(folder, "node_modules", name, "bin", "node");
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  const flags = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"];
  try {
    run("npm", ["install", ...flags, `${name}@${OLDEST}`], { cwd: folder });
  } catch (error) {
    if (process.platform === "linux") throw error;
  }
  return existsSync(binary) ? binary : undefined;
}

try {
  const folder = install(pack());
  checkWeight(folder);
  makeApp(folder);
  checkTypes(folder);
  const oldest = oldestNode();
  if (oldest === undefined) console.log(`skipped Node ${OLDEST}: npm has no binary of it for ${process.platform}`);
  for (const node of oldest === undefined ? [process.execPath] : [oldest, process.execPath])
    await checkUse(folder, node);
  checkSuiteTypes(folder);
  await checkRunners(folder);
} finally {
  rmSync(work, { recursive: true, force: true });
}
if (problems.length > 0) throw new Error(`The package fails at: ${problems.join("; ")}`);
