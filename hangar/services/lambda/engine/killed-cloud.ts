// For the engine's suite: a cloud of its own process that prints which processes run its function, and waits to be killed.

import { makeFunction, run, startLambdaCloud } from "./test-cloud.ts";

const at = await startLambdaCloud("killed");
await makeFunction(at, "node", { "index.mjs": "export const handler = async () => process.pid;" });
await makeFunction(
  at,
  "python",
  { "index.py": "import os\ndef handler(event, context): return os.getpid()" },
  { Runtime: "python3.12", Timeout: 30 },
);
const answers = await Promise.all(["node", "python"].map((name) => run(at, name)));
process.stdout.write(`${JSON.stringify(answers.map((answer) => answer.json))}\n`);
