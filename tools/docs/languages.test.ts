// The suites in other languages that docs/languages shows: run as their readers run them, where the language is here.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../architecture/house.ts";

const folder = join(root, "docs/languages");

/** The first command line that works, or why none does. */
function present(lines: readonly (readonly string[])[], why: string): readonly [string | undefined, string] {
  const found = lines.find(([program = "", ...words]) => spawnSync(program, words).status === 0);
  return [found?.[0], found === undefined ? ` (skipped: ${why})` : ""];
}

const boto = ["-c", "import boto3, pytest"] as const;
const [python, noPython] = present(
  [
    ["python3", ...boto],
    ["/usr/bin/python3", ...boto],
  ],
  "no python3 here has boto3 and pytest",
);
const [go, noGo] = present(
  [
    ["go", "version"],
    ["/usr/local/go/bin/go", "version"],
  ],
  "Go is not installed",
);

let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), "hangar-languages-"));
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

function exec(at: string, ...program: readonly string[]): { readonly status: number | null; readonly said: string } {
  const command = [join(root, "hangar/cli/main.ts"), "exec", "--app", join(folder, "app"), "--", ...program];
  const env = {
    ...process.env,
    PYTHONDONTWRITEBYTECODE: "1",
    GOFLAGS: "-mod=mod -buildvcs=false",
    GOPROXY: "off",
    GOTOOLCHAIN: "local",
    HOME: process.env["HOME"] ?? cache,
  };
  const done = spawnSync(process.execPath, command, { cwd: join(folder, at), env, encoding: "utf8", timeout: 290_000 });
  return { status: done.status, said: `${done.stdout}${done.stderr}` };
}

describe("docs/languages", () => {
  test.skipIf(python === undefined)(`pytest and boto3${noPython}`, { timeout: 300_000 }, () => {
    const { status, said } = exec("python", python ?? "", "-m", "pytest", "-v", "-p", "no:cacheprovider");
    expect(said).toContain("5 passed");
    expect(status, said).toBe(0);
  });

  test.skipIf(go === undefined)(`Go${noGo}`, { timeout: 300_000 }, () => {
    const { status, said } = exec("go", go ?? "", "test", "-count=1", "-v", "./...");
    expect(said).toContain("--- PASS: TestAnOrderBecomesAJobAndNoOtherTestSeesIt/two");
    expect(said.match(/^--- PASS/gm)).toHaveLength(3);
    expect(status, said).toBe(0);
  });
});
