// A Hangar of the built package on any free port, for the benchmarks.

import { setFlagsFromString } from "node:v8";
import { startCloud } from "../hangar/dist/index.js";

// As the `hangar` command does.
setFlagsFromString("--semi-space-growth-factor=1");

const cloud = await startCloud();
process.stdout.write(`{"port":${cloud.port}}\n`);
process.once("SIGTERM", () => void cloud.close().then(() => process.exit(0)));
