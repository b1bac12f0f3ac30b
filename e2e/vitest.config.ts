// The suites' configuration: one target a run, described by the file that HANGAR_TARGET_FILE names.
import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const file = process.env["HANGAR_TARGET_FILE"];
const target: unknown = file === undefined ? {} : JSON.parse(readFileSync(file, "utf8"));
const forks = typeof target === "object" && target !== null && "forks" in target && target.forks === true;

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    globalSetup: ["./require-target.ts"],
    // With a world of its own each test may run beside any other; on a shared one, files take turns.
    fileParallelism: forks,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
