// The examples' own configuration, as this repository runs it: Hangar from its sources, a report for .ci/run.
import { mergeConfig } from "vitest/config";
import examples from "./vitest.config.ts";

const resolve = { conditions: ["hangar-source"] };

export default mergeConfig(examples, {
  resolve,
  ssr: { resolve },
  test: {
    root: import.meta.dirname,
    // vitest finds this file without Vite's conditions.
    globalSetup: "../../hangar/vitest/setup.ts",
    // Committed, so that types hold in a fresh clone.
    provide: { hangar: { outputTypes: "stack-outputs.d.ts" } },
    include: ["*.test.ts"],
    maxWorkers: 2,
    testTimeout: 30_000,
    reporters: ["default", ["json", { outputFile: "../../.hangar/reports/examples.json" }]],
  },
});
