// What suites of the CDK CLI share: a folder with an app, the real server, and the unmodified program.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
/** For the `require` of an app outside this project. */
export const library = dirname(require.resolve("aws-cdk-lib/package.json"));
const program = join(dirname(require.resolve("aws-cdk/package.json")), "bin", "cdk");
const main = join(import.meta.dirname, "main.ts");

type Said = { readonly code: number | null; readonly said: string };

export type CdkProject = {
  readonly folder: string;
  readonly endpoint: string;
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly forcePathStyle: true;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  cdk(...words: readonly string[]): Promise<Said>;
  /** What it said; throws that when it failed. */
  succeeds(...words: readonly string[]): Promise<string>;
  /** Of a stack, as `--outputs-file outputs.json` wrote them. */
  outputs(stack: string): Record<string, string>;
  end(): Promise<void>;
};

export async function startCdkProject(
  app: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<CdkProject> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-cdk-"));
  writeFileSync(join(folder, "app.cjs"), app);
  const settings = { app: `"${process.execPath}" app.cjs`, versionReporting: false };
  writeFileSync(join(folder, "cdk.json"), JSON.stringify(settings));
  const server = spawn(process.execPath, [main, "start", "--port", "0", "--json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await new Promise<string>((resolve, reject) => {
    server.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    server.once("exit", (code) => reject(new Error(`The server ended: ${code}`)));
  });
  const instance = JSON.parse(said) as { readonly endpoint: string; readonly environment: Record<string, string> };
  const { endpoint } = instance;
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_|^NODE_OPTIONS$/.test(name));
  const quiet = { CDK_DISABLE_CLI_TELEMETRY: "1", CDK_DISABLE_VERSION_CHECK: "1", CDK_VALIDATION: "false", CI: "1" };
  const own = { ...instance.environment, ...quiet, ...variables, CDK_HOME: join(folder, "home") };
  const env = { ...Object.fromEntries(kept), ...own };
  const cdk = async (...words: readonly string[]): Promise<Said> => {
    const all = [program, ...words, "--no-notices", "--no-color"];
    const child = spawn(process.execPath, all, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, said: text };
  };
  return {
    folder,
    endpoint,
    clientConfig: {
      endpoint,
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    },
    cdk,
    async succeeds(...words) {
      const answer = await cdk(...words);
      if (answer.code !== 0) throw new Error(answer.said);
      return answer.said;
    },
    outputs(stack) {
      const all = JSON.parse(readFileSync(join(folder, "outputs.json"), "utf8")) as Record<
        string,
        Record<string, string>
      >;
      return all[stack] ?? {};
    },
    async end() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
