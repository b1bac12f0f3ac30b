// A busy process is killed again and again: whatever it acknowledged, in any service, the next one finds.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Ids } from "../kernel/ids.ts";

/** `npm run test:kills` kills more often. */
const KILLS = Number(process.env["HANGAR_KILLS"] ?? 8);
const BUSY = fileURLToPath(new URL("./busy-process.ts", import.meta.url));
const SERVICES = 19;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangar-kills-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Ended = {
  readonly facts: readonly string[];
  readonly said: string;
  readonly code: number | null;
  /** Milliseconds until it began to write; undefined when it never came so far. */
  readonly ready: number | undefined;
};

/** When to kill: so long after it was begun, or so soon after it acknowledged so many writes. It only checks where nothing is said. */
type Kill = { readonly milliseconds: number } | { readonly facts: number; readonly and: number } | undefined;

async function round(number: number, facts: readonly string[], kill: Kill): Promise<Ended> {
  const file = join(folder, "facts");
  await writeFile(file, facts.map((fact) => `${fact}\n`).join(""));
  const mode = kill === undefined ? "check" : "write";
  const began = performance.now();
  const child = spawn(process.execPath, [BUSY, join(folder, "data"), file, String(number), mode]);
  let [out, err] = ["", ""];
  let ready: number | undefined;
  const killAfter = (milliseconds: number): void => void setTimeout(() => child.kill("SIGKILL"), milliseconds);
  if (kill !== undefined && "milliseconds" in kill) killAfter(kill.milliseconds);
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    ready ??= performance.now() - began;
    if (kill !== undefined && "facts" in kill && out.split("\n").length > kill.facts + 1) killAfter(kill.and);
  });
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  // The last line may be torn: the kill came while it was written.
  const lines = out.split("\n").slice(0, -1);
  return { facts: lines.filter((line) => line !== "READY"), said: err, code, ready };
}

test(
  `killed ${KILLS} times at random points, it loses nothing acknowledged in any service`,
  { timeout: 900_000 },
  async () => {
    const random = new Ids("kills");
    const upTo = (most: number): number => Math.floor(random.fraction() * most);
    const all: string[] = [];
    let [last, ready]: [readonly string[], number] = [[], 1000];
    for (let number = 0; number < KILLS; number += 1) {
      // Now and then while it still reads and rewrites its journal.
      const kill = number % 6 === 5 ? { milliseconds: upTo(ready) } : { facts: upTo(80), and: upTo(20) };
      const ended = await round(number, last, kill);
      expect(ended).toMatchObject({ said: "", code: null });
      all.push(...ended.facts);
      ready = ended.ready ?? ready;
      if (ended.facts.length > 0) last = ended.facts;
    }
    expect(await round(KILLS, all, undefined)).toMatchObject({ facts: [], said: "", code: 0 });
    expect(new Set(all.map((fact) => fact.split("\t")[0])).size).toBe(SERVICES);
  },
);
