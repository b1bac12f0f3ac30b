// From nothing to the first answer, against an empty Node process.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startCloud } from "../../hangar/index.ts";
import { medianOf, ms, type Row } from "../table.ts";

const RUNS = 9;

export async function run(): Promise<readonly Row[]> {
  const empty = await medianOf(RUNS, () => ended(["-e", "0"]));
  const first = await medianOf(RUNS, () => ended([fileURLToPath(new URL("../first-answer.ts", import.meta.url))]));
  const inProcess = await medianOf(RUNS, async () => {
    const cloud = await startCloud();
    await cloud.close();
  });
  return [
    {
      what: "process start to first answer",
      measured: ms(first),
      against: `node -e 0: ${ms(empty)}`,
      ratio: first / empty,
      aim: "<= 5",
      met: first / empty <= 5,
    },
    { what: "startCloud() and close in process", measured: ms(inProcess) },
  ];
}

function ended(parameters: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, parameters, { stdio: ["ignore", "ignore", "inherit"] }).once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`exit ${code}`)),
    );
  });
}
