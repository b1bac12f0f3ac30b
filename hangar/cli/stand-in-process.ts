// For tests and tools: a second Hangar that plays AWS, in a process of its own, as `hangar start` makes one for anybody.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Instance } from "./instance.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

export type StandIn = Pick<Instance, "endpoint" | "port"> & {
  /** Variables with which its account is called: a session of the role Deployer, and the authority to trust. */
  readonly keys: Readonly<Record<string, string>>;
  /** How many calls it has had. */
  calls(): Promise<number>;
  /** What was called there since the last question, each once. */
  called(): Promise<readonly string[]>;
  advance(by: string): Promise<void>;
  stop(): Promise<void>;
};

/** Over TLS, with keys that a role has issued; `words` are more options of `hangar start`. */
export async function standInProcess(words: readonly string[]): Promise<StandIn> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-stand-in-"));
  const all = ["start", "--json", "--tls", "--seed-role", "Deployer", "--port", "0", ...words];
  const child = spawn(process.execPath, [MAIN, ...all], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  const { endpoint, port, environment } = await new Promise<Started>((done, fail) => {
    let said = "";
    void ended.then(() => fail(new Error(`hangar ${all.join(" ")} ended:\n${said}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("\n")) done(JSON.parse(said) as Started);
    });
  });
  const own = `http://127.0.0.1:${port}/_hangar`;
  const keys = Object.entries(environment).filter(([name]) => !/^AWS_(ENDPOINT_URL|REGION|DEFAULT_REGION)/.test(name));
  const calls = async (): Promise<readonly string[]> => {
    const { spans } = (await (await fetch(`${own}/trace`)).json()) as { spans: readonly Call[] };
    return spans.filter(({ kind }) => kind === "call").map(({ name }) => name);
  };
  let seen = 0;
  return {
    endpoint,
    port,
    keys: Object.fromEntries(keys),
    calls: async () => (await calls()).length,
    called: async () => {
      const all = await calls();
      const since = all.slice(seen);
      seen = all.length;
      return [...new Set(since)];
    },
    advance: async (by) => {
      const body = JSON.stringify({ advance: by });
      await fetch(`${own}/clock`, { method: "POST", headers: { "content-type": "application/json" }, body });
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Started = StandIn & { readonly environment: Readonly<Record<string, string>> };
type Call = { readonly kind: string; readonly name: string };
