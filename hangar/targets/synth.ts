// Synthesises a CDK app as the CDK CLI does: runs the app's command with the output folder and context in its environment.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export type SynthSettings = {
  /** Folder of cdk.json. */
  readonly directory: string;
  /** The app's command, or a folder that is an assembly already; cdk.json's `app` when absent. */
  readonly app?: string | undefined;
  readonly output: string;
  readonly account: string;
  readonly region: string;
  /** The environment to run in: the command line's own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where to note the function bundles that the app makes (see bundles.ts). */
  readonly bundles?: string | undefined;
};

type CdkJson = {
  readonly app?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly output?: string;
};

/** Answers the assembly's folder. Throws an Error with the app's own words when it fails. */
export async function synth(settings: SynthSettings): Promise<string> {
  const config = cdkJson(settings.directory);
  const app = settings.app ?? config.app;
  if (app === undefined) throw new Error(`There is no "app" in ${join(settings.directory, "cdk.json")}, and no --app.`);
  const folder = resolve(settings.directory, app);
  if (existsSync(join(folder, "manifest.json"))) return folder;
  const context = {
    ...readJson(join(settings.directory, "cdk.context.json")),
    ...config.context,
    "aws:cdk:bundling-stacks": ["**"],
    "aws:cdk:enable-path-metadata": true,
    "aws:cdk:enable-asset-metadata": true,
  };
  const output = resolve(settings.directory, settings.output);
  await run(app, {
    cwd: settings.directory,
    env: {
      ...settings.environment,
      CDK_OUTDIR: output,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_DEFAULT_ACCOUNT: settings.account,
      CDK_DEFAULT_REGION: settings.region,
      CDK_CLI_ASM_VERSION: "55.0.0",
      CDK_CLI_VERSION: "2.1148.1",
      CDK_VALIDATION: "false",
      ...recording(settings),
    },
  });
  return output;
}

function recording({ bundles, environment }: SynthSettings): Record<string, string> {
  if (bundles === undefined) return {};
  rmSync(bundles, { recursive: true, force: true });
  mkdirSync(bundles, { recursive: true });
  const preload = fileURLToPath(new URL("./record-bundles.cjs", import.meta.url));
  return {
    HANGAR_BUNDLES: bundles,
    NODE_OPTIONS: `${environment["NODE_OPTIONS"] ?? ""} --require=${JSON.stringify(preload)}`.trim(),
  };
}

function cdkJson(directory: string): CdkJson {
  return readJson(join(directory, "cdk.json")) as CdkJson;
}

function readJson(path: string): Record<string, unknown> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>) : {};
}

function run(command: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, { ...options, shell: true, stdio: ["ignore", "pipe", "pipe"] });
    const said: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) done();
      else fail(new Error(`The app failed (exit ${code}): ${command}\n${Buffer.concat(said).toString()}`));
    });
  });
}
