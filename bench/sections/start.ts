// From nothing to the first answer, against an empty Node process.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCloud } from "../../hangar/index.ts";
import { atMost, median, medianOf, ms, timed, type Row } from "../table.ts";

const RUNS = 15;
const COMMAND = [
  fileURLToPath(new URL("../../hangar/dist/cli/main.js", import.meta.url)),
  "start",
  "--port=0",
  "--json",
];
const SCRIPT = [fileURLToPath(new URL("../hangar-server.js", import.meta.url))];
const SCOPE = "Credential=foo/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00";

export async function run(): Promise<readonly Row[]> {
  const empty: number[] = [];
  const command: number[] = [];
  const script: number[] = [];
  // In turn, so that a busy moment of the machine falls on all three.
  for (let index = 0; index < RUNS; index += 1) {
    empty.push(await timed(emptyProcess));
    command.push(await firstAnswer(COMMAND));
    script.push(await firstAnswer(SCRIPT));
  }
  const inProcess = await medianOf(RUNS, async () => {
    const cloud = await startCloud();
    await cloud.close();
  });
  const against = `node -e 0: ${ms(median(empty))}`;
  const row = (what: string, times: readonly number[]): Row => {
    const ratio = median(times) / median(empty);
    return { what, measured: ms(median(times)), against, ratio, ...atMost(5, ratio) };
  };
  return [
    row("`hangar start`, from nothing to the first answered call", command),
    row("a script with startCloud(), from nothing to the first answered call", script),
    { what: "startCloud() and close in process", measured: ms(inProcess) },
  ];
}

/** Milliseconds from the start of a process, which prints its port, to the answer of one signed call. */
async function firstAnswer(parameters: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-bench-"));
  const started = performance.now();
  const child = spawn(process.execPath, parameters, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  try {
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
      child.once("close", (code) => reject(new Error(`${parameters.join(" ")}: exit ${code}`)));
    });
    await whoAmI((JSON.parse(line) as { port: number }).port);
    return performance.now() - started;
  } finally {
    child.kill("SIGTERM");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

function whoAmI(port: number): Promise<void> {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-amz-date": "20260101T000000Z",
    authorization: `AWS4-HMAC-SHA256 ${SCOPE}`,
  };
  return new Promise((resolve, reject) => {
    const call = request({ port, host: "127.0.0.1", method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.once("end", () =>
        text.includes("<GetCallerIdentityResult>") ? resolve() : reject(new Error(`No identity: ${text}`)),
      );
    });
    call.once("error", reject);
    call.end("Action=GetCallerIdentity&Version=2011-06-15");
  });
}

function emptyProcess(): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, ["-e", "0"], { stdio: ["ignore", "ignore", "inherit"] }).once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`exit ${code}`)),
    );
  });
}
