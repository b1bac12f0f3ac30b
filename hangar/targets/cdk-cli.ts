// The project's own CDK CLI, run against an endpoint with a home of its own.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

export type CdkEnvironment = {
  readonly endpoint: string;
  readonly region: string;
  readonly project: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Resolves when the CLI ends well; throws an Error with all it said otherwise. */
export function cdk(where: CdkEnvironment, parameters: readonly string[]): Promise<void> {
  const program = cliPath(where.project);
  const env = {
    ...where.environment,
    AWS_ENDPOINT_URL: where.endpoint,
    AWS_ENDPOINT_URL_S3: where.endpoint,
    AWS_REGION: where.region,
    AWS_DEFAULT_REGION: where.region,
    // The CLI remembers the account of each access key: each endpoint needs a memory of its own.
    CDK_HOME: resolve(where.project, ".hangar", `cdk-home-${new URL(where.endpoint).port}`),
    CDK_DISABLE_CLI_TELEMETRY: "1",
    CDK_DISABLE_VERSION_CHECK: "1",
    CDK_VALIDATION: "false",
    CI: "1",
  };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, ...parameters, "--no-notices"], {
      cwd: where.project,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) done();
      else fail(new Error(`cdk ${parameters[0]} failed (exit ${code}):\n${Buffer.concat(said).toString()}`));
    });
  });
}

function cliPath(project: string): string {
  const require = createRequire(join(project, "package.json"));
  try {
    return join(require.resolve("aws-cdk/package.json"), "..", "bin", "cdk");
  } catch {
    throw new Error("This target deploys with the CDK CLI: npm install --save-dev aws-cdk@^2.1148");
  }
}
