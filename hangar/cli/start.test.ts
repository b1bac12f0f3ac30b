// `hangar start`, `status` and `stop`: real processes, real ports, real signals.

import { createServer, type AddressInfo, type Server } from "node:net";
import { readFileSync, readdirSync } from "node:fs";
import { Agent } from "node:https";
import { STS } from "@aws-sdk/client-sts";
import { afterEach, expect, test } from "vitest";
import { folderWith, isAlive, type Folder } from "./test-process.ts";
import type { Instance } from "./instance.ts";

const folders: Folder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

function folder(files?: Readonly<Record<string, string>>): Folder {
  const made = folderWith(files);
  folders.push(made);
  return made;
}

function taken(port: number): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => done(server));
  });
}

test("ready means answering, and Ctrl-C leaves nothing behind", async () => {
  const here = folder();
  const { line, child, ended } = await here.start("start", "--port", "0", "--json");
  const { endpoint, pid } = JSON.parse(line) as Instance;
  expect(pid).toBe(child.pid);
  const health = await (await fetch(`${endpoint}/_hangar/health`)).json();
  expect(health).toMatchObject({ status: "ready", account: "000000000000" });
  child.kill("SIGINT");
  expect(await ended()).toMatchObject({ code: 0, stderr: "" });
  await expect(fetch(endpoint)).rejects.toThrow();
  expect(readdirSync(here.path)).toEqual([]);
  expect(here.left()).toEqual([]);
});

test("in the background: status prints the environment, a second start is refused, stop ends it", async () => {
  const here = folder();
  const started = await here.hangar("start", "--port", "0", "--detach", "--json");
  const { endpoint, pid } = JSON.parse(started.stdout) as Instance;
  const { stdout } = await here.hangar("status", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    running: true,
    endpoint,
    environment: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "test", AWS_REGION: "us-east-1" },
    stacks: [],
  });
  expect((await here.hangar("status", "--env")).stdout).toContain(`export AWS_ENDPOINT_URL=${endpoint}\n`);
  const again = await here.hangar("start", "--detach");
  expect(again).toMatchObject({ code: 1, stderr: `Already running: ${endpoint} (process ${pid}).\n` });
  expect(await here.hangar("stop")).toEqual({ code: 0, stdout: `Stopped ${endpoint}.\n`, stderr: "" });
  // Gone when whoever adopted it has collected it.
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect(here.left()).toEqual([]);
});

test("as a real account: TLS that the printed authority proves, and only keys that were issued", async () => {
  const here = folder();
  const strict = ["--tls", "--strict", "--seed-role", "Deployer", "--account", "111122223333", "--region", "eu-west-1"];
  const slow = ["--consistency", "1s", "--state-times", "--throttling"];
  const { line, child, ended } = await here.start("start", "--port", "0", "--json", ...strict, ...slow);
  const { endpoint, port, environment } = JSON.parse(line) as Instance & { environment: Record<string, string> };
  expect(endpoint).toBe(`https://localhost:${port}`);
  const ca = readFileSync(environment["NODE_EXTRA_CA_CERTS"] ?? "");
  const sts = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): STS =>
    new STS({
      endpoint,
      region: "eu-west-1",
      credentials,
      requestHandler: { httpsAgent: new Agent({ ca }) },
    });
  const issued = {
    accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    sessionToken: environment["AWS_SESSION_TOKEN"] ?? "",
  };
  expect(await sts(issued).getCallerIdentity({})).toMatchObject({
    Account: "111122223333",
    Arn: "arn:aws:sts::111122223333:assumed-role/Deployer/hangar-start",
  });
  const anybody = { accessKeyId: "test", secretAccessKey: "test" };
  await expect(sts(anybody).getCallerIdentity({})).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  expect((await here.hangar("status")).stdout).not.toContain(issued.accessKeyId);
  child.kill("SIGINT");
  expect(await ended()).toMatchObject({ code: 0, stderr: "" });
  expect(readdirSync(here.path)).toEqual([]);
});

test("what a stand-in cannot be is said", async () => {
  const here = folder();
  expect(await here.hangar("start", "--consistency", "soon")).toMatchObject({
    code: 2,
    stderr: '--consistency takes a time such as 5s or 500ms, not "soon".\n',
  });
  expect((await here.hangar("start", "--seed-role", "Deployer", "--detach")).stderr).toContain("--detach");
});

test("a port that is asked for and taken is an error", async () => {
  const holder = await taken(0);
  const { port } = holder.address() as AddressInfo;
  const { code, stderr } = await folder().hangar("start", "--port", String(port));
  holder.close();
  expect(stderr).toBe(`Port ${port} is taken.\n`);
  expect(code).toBe(1);
});

test("the usual port being taken, the next free one is used and said so", async () => {
  // Whoever holds 4566 on this machine: us or another.
  const holder = await taken(4566).catch(() => undefined);
  const { child, line, ended } = await folder().start("start");
  child.kill("SIGTERM");
  const { code, stdout } = await ended();
  holder?.close();
  expect(line).toMatch(/^Port 4566 is taken; using 4\d{3}\.$/);
  const [, port] = /using (\d+)/.exec(line) ?? [];
  expect(stdout).toContain(`Hangar is ready: http://127.0.0.1:${port}\n`);
  expect(code).toBe(0);
});

test("LocalStack's kill ends it as Ctrl-C does; what Testcontainers waits for is the last line", async () => {
  const here = folder({ "localstack-init/ready.d/10-first.sh": "true" });
  const { child, line, ended } = await here.start("start", "--port", "0");
  const endpoint = /http:\S+/.exec(line)?.[0] ?? "";
  await expect
    .poll(async () => (await (await fetch(`${endpoint}/_localstack/init/ready`)).json()) as object)
    .toEqual({ completed: true, scripts: [{ name: "10-first.sh", stage: "READY", state: "SUCCESSFUL" }] });
  const kill = await fetch(`${endpoint}/_localstack/health`, { method: "POST", body: '{"action":"kill"}' });
  expect([kill.status, await kill.json()]).toEqual([200, { status: "OK" }]);
  const { code, stdout } = await ended();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Ready\.\n$/m);
  expect(isAlive(child.pid ?? 0)).toBe(false);
  await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
  expect(here.left()).toEqual([]);
});
