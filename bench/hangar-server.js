// A script with a cloud of its own, of the built package, on any free port.

import { startCloud } from "../hangar/dist/index.js";

const cloud = await startCloud();
process.stdout.write(`{"port":${cloud.port}}\n`);
process.once("SIGTERM", () => void cloud.close().then(() => process.exit(0)));
