// For the tests of slow and broken clients: a cloud in a process of its own, whose memory and files can be counted.

import { startCloud } from "../../../index.ts";

const [, , directory] = process.argv;
const cloud = await startCloud({ directory });
process.stdout.write(`${cloud.endpoint}\n`);
process.once("SIGTERM", () => void cloud.close());
