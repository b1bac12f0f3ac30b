// The configuration of the suites that are measured; what differs comes from bench/sections/ in the environment.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const way = process.env["BENCH_WAY"];
const globalSetup = way === "fixtures" ? "hangar/vitest/setup" : "./setup.ts";
const app = process.env["BENCH_ASSEMBLY"];
const directory = fileURLToPath(new URL("../../docs/examples/", import.meta.url));

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: [process.env["BENCH_TESTS"] ?? "orders-*.test.ts"],
    globalSetup,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    provide: { hangar: { directory, app } },
  },
});
