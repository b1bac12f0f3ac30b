// A cloud of this machine's user: opened on a port, found again by other commands through a small file.

import { mkdirSync, readFileSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cloud } from "../cloud/cloud.ts";
import { openCloud, type StartSettings } from "../index.ts";
import { NO_CONFIG_FILES } from "../targets/no-config-files.ts";

export const DEFAULT_PORT = 4566;

export type Instance = {
  readonly pid: number;
  readonly port: number;
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  /** File of the authority that clients must trust; undefined for an endpoint without TLS. */
  readonly authority?: string | undefined;
};

export type Opened = { readonly cloud: Cloud; readonly instance: Instance; readonly close: () => Promise<void> };

/** An instance that this folder's other commands find: `start`, `up`. The first one is kept when there are several. */
export async function openFolderInstance(
  settings: StartSettings & { readonly tls?: boolean },
  asked: number | undefined,
  tell: (line: string) => void,
): Promise<Opened> {
  const plain = await openInstance(settings, asked, tell);
  const opened = settings.tls === true ? { ...plain, instance: await overTls(plain.instance) } : plain;
  opened.cloud.end = () => process.kill(process.pid, "SIGTERM");
  const other = findInstance();
  if (other !== undefined) {
    tell(`Another instance runs in this folder: commands like status and deploy speak to ${other.endpoint}.`);
    return opened;
  }
  writeLocator(opened.instance);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      if (opened.instance.authority !== undefined) rmSync(opened.instance.authority, { force: true });
      removeLocator();
    },
  };
}

async function overTls(instance: Instance): Promise<Instance> {
  const { authorityCertificate } = await import("../gateway/certificate.ts");
  mkdirSync(join(process.cwd(), ".hangar"), { recursive: true });
  const authority = join(process.cwd(), ".hangar", `authority-${instance.port}.pem`);
  writeFileSync(authority, await authorityCertificate());
  return { ...instance, endpoint: `https://localhost:${instance.port}`, authority };
}

/** On 4566 or, when that is taken and no port was asked for, the next free one. */
export async function openInstance(
  settings: StartSettings,
  asked: number | undefined,
  tell: (line: string) => void,
): Promise<Opened> {
  const first = asked ?? DEFAULT_PORT;
  for (let port = first; ; port += 1) {
    try {
      const { cloud, port: taken, close } = await openCloud({ ...settings, port });
      if (port !== first) tell(`Port ${first} is taken; using ${taken}.`);
      const instance = {
        pid: process.pid,
        port: taken,
        endpoint: cloud.origin,
        region: cloud.region,
        account: cloud.account,
      };
      return { cloud, instance, close };
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!taken || asked !== undefined || port > first + 100)
        throw taken ? new Error(`Port ${port} is taken.`) : error;
    }
  }
}

/** What clients need: evaluated by shells, given to child processes. */
export function environmentOf(instance: Instance): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: instance.endpoint,
    // cdklocal wants both.
    AWS_ENDPOINT_URL_S3: instance.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: instance.region,
    AWS_DEFAULT_REGION: instance.region,
    ...(instance.authority === undefined
      ? {}
      : { NODE_EXTRA_CA_CERTS: instance.authority, AWS_CA_BUNDLE: instance.authority }),
  };
}

const REFUSING_AMAZON = `--require=${JSON.stringify(fileURLToPath(new URL("../targets/refuse-amazon.cjs", import.meta.url)))}`;

/** The environment of child processes: the host's, without anything that could lead to a real account. */
export function childEnvironment(instance: Instance): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  return {
    ...Object.fromEntries(kept),
    AWS_EC2_METADATA_DISABLED: "true",
    ...NO_CONFIG_FILES,
    NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} ${REFUSING_AMAZON}`.trim(),
    ...(instance.pid === process.pid ? { HANGAR_INSTANCE: JSON.stringify(instance) } : {}),
    ...environmentOf(instance),
  };
}

/** The running instance, if its process is alive: the one that started us, else the folder's. */
export function findInstance(): Instance | undefined {
  try {
    const instance = JSON.parse(process.env["HANGAR_INSTANCE"] ?? readFileSync(locator(), "utf8")) as Instance;
    process.kill(instance.pid, 0);
    return instance;
  } catch {
    return undefined;
  }
}

export function runningInstance(): Instance {
  const instance = findInstance();
  if (instance === undefined) throw new Error("Nothing is running in this folder. Start it with: hangar start");
  return instance;
}

/** A call to the running instance's own paths. Throws an Error with its message. */
export async function ask(instance: Instance, path: string, body?: unknown): Promise<unknown> {
  // Our own paths need no TLS, and this process may not trust the authority.
  const endpoint = instance.authority === undefined ? instance.endpoint : `http://127.0.0.1:${instance.port}`;
  const response = await fetch(
    `${endpoint}${path}`,
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  );
  const answer = (await response.json()) as { message?: string };
  if (!response.ok) throw new Error(answer.message ?? `${path}: ${response.status}`);
  return answer;
}

/** A fork by its name or port, as calls to its own address; the main world when none is named. */
export async function worldOf(instance: Instance, fork: string | undefined): Promise<Instance> {
  if (fork === undefined) return instance;
  const { endpoint, port } = (await ask(instance, `/_hangar/forks/${encodeURIComponent(fork)}`)) as Instance;
  return { ...instance, endpoint, port };
}

function locator(): string {
  return join(process.cwd(), ".hangar", "instance.json");
}

/** The folder goes too unless something else is in it. */
function removeLocator(): void {
  rmSync(locator(), { force: true });
  try {
    rmdirSync(dirname(locator()));
  } catch {
    // Not empty.
  }
}

function writeLocator(instance: Instance): void {
  mkdirSync(join(process.cwd(), ".hangar"), { recursive: true });
  writeFileSync(locator(), `${JSON.stringify(instance, null, 2)}\n`);
}
