// The project's own CDK CLI, run on an assembly that is synthesised already.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { StackArtifact } from "./assembly.ts";
import type { StackDiff } from "./target.ts";

export type CdkRun = {
  readonly project: string;
  readonly assembly: string;
  /** Names the target: the CLI remembers the account of each access key, so that each target needs a memory of its own. */
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Answers all that the CLI said when it ends well; throws an Error with it otherwise. */
export function cdk(run: CdkRun, parameters: readonly string[]): Promise<string> {
  const program = cliPath(run.project);
  const env = {
    ...run.environment,
    CDK_HOME: resolve(run.project, ".hangar", `cdk-home-${run.home}`),
    CDK_DISABLE_CLI_TELEMETRY: "1",
    CDK_DISABLE_VERSION_CHECK: "1",
    CDK_VALIDATION: "false",
    CI: "1",
    NO_COLOR: "1",
  };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, ...parameters, "--app", run.assembly, "--no-notices"], {
      cwd: run.project,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", fail);
    child.once("close", (code) => {
      const text = Buffer.concat(said).toString();
      if (code === 0) done(text);
      else fail(new Error(`cdk ${parameters[0]} failed (exit ${code}):\n${text}`));
    });
  });
}

/** False when there was nothing to change. */
export async function cdkDeploy(run: CdkRun, stack: StackArtifact): Promise<boolean> {
  const said = await cdk(run, ["deploy", stack.path, "--exclusively", "--require-approval", "never"]);
  return !said.includes("(no changes)");
}

export async function cdkDiff(run: CdkRun, stack: StackArtifact): Promise<StackDiff> {
  const said = await cdk(run, ["diff", stack.path, "--exclusively"]);
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  return { stackName: stack.stackName, changed: !said.includes("Number of stacks with differences: 0"), lines };
}

function cliPath(project: string): string {
  const require = createRequire(join(project, "package.json"));
  try {
    return join(require.resolve("aws-cdk/package.json"), "..", "bin", "cdk");
  } catch {
    throw new Error("This target deploys with the CDK CLI: npm install --save-dev aws-cdk@^2.1148");
  }
}
