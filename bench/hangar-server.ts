// A Hangar on any free port, for the benchmarks.

import { startCloud } from "../hangar/index.ts";

const cloud = await startCloud();
process.stdout.write(`{"port":${cloud.port}}\n`);
process.once("SIGTERM", () => void cloud.close().then(() => process.exit(0)));
