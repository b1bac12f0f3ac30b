// No false alarm on the reference app: what is found of it is exactly what is true of it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { synth } from "../targets/synth.ts";
import { readiness } from "./report.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hangar-nebula-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HANDLERS = [
  "Api/Functions/Authorizer",
  "Api/Functions/Library",
  "Api/Functions/Partner",
  "Api/Functions/Sessions",
  "Api/Functions/Shares",
  "Housekeeping/CleanUp",
  "Pipeline/MakeThumbnail",
  "Pipeline/ValidateUpload",
  "Statistics/Count",
];
const DATA = ["Photos", "Site/Bucket", "Storage/Key", "Storage/Thumbnails", "Storage/Uploads"];

test("Nebula's data goes with it, its site is public, and Node.js 22 is in its last months: all of it notes", async () => {
  const app = `"${process.execPath}" stack/app.ts`;
  const place = { account: "000000000000", region: "us-east-1" };
  const assembly = await synth({
    directory: ROOT,
    app,
    output: join(folder, "out"),
    ...place,
    environment: { PATH: process.env["PATH"] },
  });
  const { findings } = await readiness(assembly, { ...place, now: Date.UTC(2026, 10, 22), base: ROOT });
  expect(findings.map(({ level, rule, path }) => `${level} ${rule} ${path}`).toSorted()).toEqual([
    ...DATA.map((path) => `note data-policy Nebula/${path}`),
    "note public-bucket Nebula/Site/Bucket/Policy",
    ...HANDLERS.map((path) => `note runtime-end Nebula/${path}`),
  ]);
});
