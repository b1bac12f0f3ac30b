// The configuration of a user: one line.
// docs: config
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { globalSetup: "hangar/vitest/setup" } });
// docs: end
