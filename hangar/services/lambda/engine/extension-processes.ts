// External extensions: the programs in /opt/extensions, started in their environment's sandbox before its runtime.

import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RuntimeProcess, type ProcessEnd } from "./child-process.ts";
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

export type Launch = {
  /** Where the layers are unpacked, and where the process sees them. */
  readonly unpacked: string;
  readonly layerRoot: string;
  readonly names: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
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

/** The machine's names, and those by which extensions listen for telemetry. */
export async function hostsFile(directory: string): Promise<string> {
  const path = join(directory, "hosts");
  const own = await readFile("/etc/hosts", "utf8").catch(() => "");
  await writeFile(path, `${own.trimEnd()}\n127.0.0.1 sandbox.localdomain sandbox\n`);
  return path;
}

export class ExtensionProcesses {
  readonly #running = new Map<string, RuntimeProcess>();
  #empty: () => void = () => undefined;
  onLine: (message: string) => void = () => undefined;
  onEnd: (end: ProcessEnd) => void = () => undefined;

  /** Beside the process `holder`, whose mounts they share. Throws when one cannot be started. */
  async start(launch: Launch, holder: number): Promise<void> {
    const own = await sandbox();
    const prefix =
      typeof own === "string"
        ? []
        : ["nsenter", "--target", String(holder), ...joining(own.flags), "--", "setpriv", "--pdeathsig", "KILL", "--"];
    const kept = Object.entries(launch.variables).filter(([name]) => !RUNTIMES_OWN.has(name));
    for (const name of launch.names) {
      const { mode } = await stat(join(launch.unpacked, "extensions", name));
      if ((mode & 0o111) === 0)
        throw new LaunchError(name, `fork/exec /opt/extensions/${name}: permission denied`, "PermissionDenied");
      const [command, ...words] = [...prefix, join(launch.layerRoot, "extensions", name)];
      this.#keep(
        name,
        new RuntimeProcess({
          command,
          arguments: words,
          environment: Object.fromEntries(kept),
          directory: "/",
          plain: true,
        }),
      );
    }
  }

  #keep(name: string, child: RuntimeProcess): void {
    this.#running.set(name, child);
    child.onLine = (message) => this.onLine(message);
    child.onEnd = (end) => {
      this.#running.delete(name);
      if (this.#running.size === 0) this.#empty();
      this.onEnd(end);
    };
  }

  /** Resolves when all have ended. */
  gone(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#empty = resolve));
  }

  kill(): void {
    for (const child of this.#running.values()) child.kill();
  }

  freeze(): void {
    for (const child of this.#running.values()) child.freeze();
  }

  thaw(): void {
    for (const child of this.#running.values()) child.thaw();
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

function joining(flags: readonly string[]): string[] {
  return ["--mount", ...(flags.includes("--user") ? ["--user", "--preserve-credentials"] : [])];
}
