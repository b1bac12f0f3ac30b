// The unit suites: everything beside the code it tests. The e2e suites have their own configuration, one per target.
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Many suites start programs of thousands of modules (the command from its sources, vitest, the CDK CLI): compiled once.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");

export default defineConfig({
  // The suites import `hangar` from its sources; a published package resolves to dist/.
  resolve: { conditions: ["hangar-source"] },
  ssr: { resolve: { conditions: ["hangar-source"] } },
  test: {
    include: ["hangar/**/*.test.ts", "handlers/**/*.test.ts", "tools/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/cdk.out/**"],
    // All state is in worlds, so files may share a process: loading an SDK client once instead of once a file.
    isolate: false,
    // Many suites wait for processes: on two processors those of the commands took 297 s with two workers, 222 s with three.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    allowOnly: false,
    // Guards against what never ends, not measures: a busy machine may take many times what another takes, and a first
    // file that gave up while it loads all services would leave the later ones of its process half of them.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default", ["json", { outputFile: ".hangar/reports/unit.json" }]],
  },
});
