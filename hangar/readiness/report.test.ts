// A report of a whole assembly, read from its folder.

import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { makeAssembly } from "../../tools/docs/sample-assembly.ts";
import { readiness } from "./report.ts";

test("an assembly without fault has no findings", async () => {
  const folder = makeAssembly();
  try {
    const { stacks, findings } = await readiness(folder, { now: Date.UTC(2026, 10, 22) });
    expect({ stacks, findings }).toEqual({ stacks: ["App"], findings: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
