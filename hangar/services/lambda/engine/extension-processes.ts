// External extensions of one environment: started one after another before its runtime, whatever they run in.

import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RuntimeProcess, type EnvironmentProcess, type ProcessEnd } from "./child-process.ts";
import { sandbox } from "./sandbox.ts";

/** The runtime's alone. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html */
const RUNTIMES_OWN = new Set([
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_XRAY_CONTEXT_MISSING",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
  "PWD",
  "_HANDLER",
]);

type ExtensionProcess = Pick<EnvironmentProcess, "onLine" | "onEnd" | "freeze" | "thaw" | "kill">;

export type Launch = {
  readonly names: readonly string[];
  /** Undefined when an earlier one has ended meanwhile. Throws LaunchError. */
  start(name: string): Promise<ExtensionProcess | undefined>;
};

/** Names of the files in the layers' `extensions`. */
export async function extensionNames(layers: string | undefined): Promise<string[]> {
  if (layers === undefined) return [];
  try {
    const entries = await readdir(join(layers, "extensions"), { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  } catch {
    return [];
  }
}

/** Of the environment's variables those that extensions have too. */
export function extensionVariables(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !RUNTIMES_OWN.has(name)));
}

/** The machine's names, and those by which extensions listen for telemetry. */
export async function hostsFile(directory: string): Promise<string> {
  const path = join(directory, "hosts");
  const own = await readFile("/etc/hosts", "utf8").catch(() => "");
  await writeFile(path, `${own.trimEnd()}\n127.0.0.1 sandbox.localdomain sandbox\n`);
  return path;
}

type LayerPrograms = {
  /** Where the layers are unpacked, and where the process sees them. */
  readonly unpacked: string;
  readonly layerRoot: string;
  readonly names: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
};

/** The programs of layers, beside the process `holder`, whose mounts they share. */
export function layerPrograms({ unpacked, layerRoot, names, variables }: LayerPrograms, holder: number): Launch {
  const environment = extensionVariables(variables);
  const start = async (name: string): Promise<RuntimeProcess> => {
    const { mode } = await stat(join(unpacked, "extensions", name));
    checkExecutable(name, mode);
    const own = await sandbox();
    const prefix =
      typeof own === "string"
        ? []
        : ["nsenter", "--target", String(holder), ...joining(own.flags), "--", "setpriv", "--pdeathsig", "KILL", "--"];
    const [command, ...words] = [...prefix, join(layerRoot, "extensions", name)];
    return new RuntimeProcess({ command, arguments: words, environment, directory: "/", plain: true });
  };
  return { names, start };
}

export function checkExecutable(name: string, mode: number): void {
  if ((mode & 0o111) === 0) throw launchErrorOf(name, `fork/exec /opt/extensions/${name}: permission denied`);
}

export class ExtensionProcesses {
  /** Those that have ended may still be being removed. */
  readonly #all = new Map<string, ExtensionProcess>();
  readonly #running = new Set<string>();
  #starting: Promise<void> = Promise.resolve();
  #killed = false;
  #empty: () => void = () => undefined;
  onLine: (message: string) => void = () => undefined;
  onEnd: (name: string, end: ProcessEnd) => void = () => undefined;

  /** Throws when one cannot be started. */
  async start(launch: Launch): Promise<void> {
    const starting = this.#startAll(launch);
    this.#starting = starting.catch(() => undefined);
    return starting;
  }

  async #startAll({ names, start }: Launch): Promise<void> {
    for (const name of names) {
      if (this.#killed) return;
      const child = await start(name);
      if (child === undefined) return;
      this.#keep(name, child);
    }
  }

  #keep(name: string, child: ExtensionProcess): void {
    this.#all.set(name, child);
    this.#running.add(name);
    child.onLine = (message) => this.onLine(message);
    child.onEnd = (end) => {
      this.#running.delete(name);
      if (this.#running.size === 0) this.#empty();
      this.onEnd(name, end);
    };
    if (this.#killed) void child.kill();
  }

  /** Resolves when all have ended. */
  gone(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#empty = resolve));
  }

  /** Of one alone. */
  end(name: string): void {
    void this.#all.get(name)?.kill();
  }

  /** Resolves when nothing is left of them. */
  async kill(): Promise<void> {
    this.#killed = true;
    const killed = Array.from(this.#all.values(), (child) => child.kill());
    await this.#starting;
    await Promise.all([...killed, ...Array.from(this.#all.values(), (child) => child.kill())]);
  }

  freeze(): void {
    for (const child of this.#all.values()) child.freeze();
  }

  thaw(): void {
    for (const child of this.#all.values()) child.thaw();
  }
}

export class LaunchError extends Error {
  readonly extension: string;
  readonly type: string;

  constructor(extension: string, message: string, type: string) {
    super(message);
    this.extension = extension;
    this.type = type;
  }
}

/** In Lambda's words, of the system's. */
export function launchErrorOf(name: string, reason: string): LaunchError {
  return new LaunchError(name, reason, reason.endsWith("permission denied") ? "PermissionDenied" : "UnknownError");
}

function joining(flags: readonly string[]): string[] {
  return ["--mount", ...(flags.includes("--user") ? ["--user", "--preserve-credentials"] : [])];
}
