// An image for suites, made of this machine's own Node: no registry is asked.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { containerEngine } from "../../../kernel/container-engine.ts";
import { nodeProgram } from "./runtimes.ts";

/** Why none can be made here. */
export async function withoutImages(): Promise<string | undefined> {
  if (process.platform !== "linux") return "this machine's Node is no Linux program";
  const engine = await containerEngine();
  if (typeof engine === "string") return engine;
  return undefined;
}

/** A runtime client: what a base image brings. Handlers are `file.name`, the command's first word. */
const CLIENT = `
import { request, Agent } from "node:http";
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/";
const agent = new Agent({ keepAlive: true });
const call = (method, path, body) => new Promise((resolve, reject) => {
  const sent = request(api + path, { method, agent }, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (part) => (text += part)).on("end", () => resolve({ headers: response.headers, text }));
  }).on("error", reject);
  sent.end(body);
});
const failure = (error) => JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: [] });
const [file, name] = (process.argv[2] ?? "index.handler").split(".");
let handler;
try {
  handler = (await import(process.cwd() + "/" + file + ".mjs"))[name];
} catch (error) {
  await call("POST", "init/error", failure(error));
  process.exit(1);
}
for (;;) {
  const { headers, text } = await call("GET", "invocation/next");
  const id = headers["lambda-runtime-aws-request-id"];
  try {
    await call("POST", "invocation/" + id + "/response", JSON.stringify((await handler(JSON.parse(text))) ?? null));
  } catch (error) {
    await call("POST", "invocation/" + id + "/error", failure(error));
  }
}
`;

/** A folder that `docker build` takes: this machine's Node, what it is linked with, and the client as entry point. */
function nodeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hangar-image-"));
  const { command } = nodeProgram("nodejs24.x");
  const linked = execFileSync("ldd", [command], { encoding: "utf8" }).matchAll(/(\/\S+) \(0x/g);
  const files = [...linked].map(([, path = ""]) => [path, path] as const);
  for (const [from, to] of [...files, [command, "/usr/bin/node"] as const]) {
    mkdirSync(join(folder, "root", dirname(to)), { recursive: true });
    copyFileSync(from, join(folder, "root", to));
  }
  mkdirSync(join(folder, "root/tmp"));
  mkdirSync(join(folder, "root/var"));
  writeFileSync(join(folder, "root/var/client.mjs"), CLIENT);
  const lines = [
    "FROM scratch",
    "COPY root/ /",
    "WORKDIR /var/task",
    "ENV FROM_IMAGE=yes PATH=/usr/bin",
    'ENTRYPOINT ["/usr/bin/node", "/var/client.mjs"]',
    'CMD ["index.handler"]',
  ];
  writeFileSync(join(folder, "Dockerfile"), lines.join("\n"));
  return folder;
}

/** A folder whose image has these files in /var/task, and programs, `extensions/…`, in /opt. */
export function taskFolder(base: string, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "hangar-image-"));
  for (const each of ["task", "opt/extensions"]) mkdirSync(join(folder, each), { recursive: true });
  const extensions = Object.keys(files).filter((name) => name.startsWith("extensions/"));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, extensions.includes(name) ? "opt" : "task", name), text, { mode: 0o755 });
  const copies = extensions.length === 0 ? ["task/ /var/task/"] : ["task/ /var/task/", "opt/ /opt/"];
  writeFileSync(join(folder, "Dockerfile"), [`FROM ${base}`, ...copies.map((each) => `COPY ${each}`)].join("\n"));
  return folder;
}

/** An image with Node and a runtime client. */
export function buildBase(uri: string): () => void {
  return build(uri, nodeFolder());
}

export function buildImage(uri: string, base: string, files: Readonly<Record<string, string>>): () => void {
  return build(uri, taskFolder(base, files));
}

/** Answers a function that takes the image away again. */
function build(uri: string, folder: string): () => void {
  try {
    execFileSync("docker", ["build", "-q", "-t", uri, folder], {
      env: { ...process.env, DOCKER_BUILDKIT: "0" },
      stdio: ["ignore", "ignore", "pipe"],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return () => void execFileSync("docker", ["rmi", "-f", uri], { stdio: "ignore" });
}
