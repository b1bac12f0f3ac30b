// The suites' configuration: hangar/vitest deploys the app, or takes what `hangar test` has deployed.
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The suites import `hangar` from its sources; an installed package needs neither line.
  resolve: { conditions: ["hangar-source"] },
  ssr: { resolve: { conditions: ["hangar-source"] } },
  test: {
    root: import.meta.dirname,
    globalSetup: "../hangar/vitest/setup.ts",
    provide: { hangar: { directory: "..", outputTypes: "stack-outputs.d.ts" } },
    // Each test has a world of its own, so files may share a process: loading an SDK client once instead of once a file.
    isolate: false,
    // vitest would leave a core for itself, and has little to do: on two cores that is half of the time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A page that waits for a function's cold start.
    expect: { poll: { timeout: 15_000 } },
  },
});
