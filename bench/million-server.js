// A Hangar of the built package whose table the benchmark fills; with a folder it is kept there. SIGUSR2 frees what can be freed.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { startCloud } from "../hangar/dist/index.js";

setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const [, , directory] = process.argv;
const cloud = await startCloud(directory === undefined ? {} : { directory });
process.stdout.write(`{"port":${cloud.port}}\n`);
process.on("SIGUSR2", () => {
  collect();
  process.stdout.write(`collected ${process.memoryUsage().rss}\n`);
});
process.once("SIGTERM", () => void cloud.close().then(() => process.exit(0)));
