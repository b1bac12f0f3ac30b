// hangar.config.ts: what a project says of itself to `hangar test`, `check` and `promote`.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { problemsIn } from "./config-problems.ts";

export type HangarConfig = {
  /** The app's command, or a folder that is synthesised already; cdk.json's `app` when absent. */
  readonly app?: string | undefined;
  readonly targets?: {
    readonly embedded?: EmbeddedConfig | undefined;
    readonly localstack?: LocalStackConfig | undefined;
    readonly aws?: AwsConfig | undefined;
  };
  /** Account id -> what is to be known of it. */
  readonly accounts?: Readonly<Record<string, AccountConfig>> | undefined;
  /** Name -> a part of the tests, for `--suite NAME` and for stages. */
  readonly suites?: Readonly<Record<string, SuiteConfig>> | undefined;
  /** In the order in which they are gone through: each wants the green record of the one before. */
  readonly stages?: readonly StageConfig[] | undefined;
  /** Findings of `hangar check` that are known and accepted for a while. */
  readonly allowances?: readonly Allowance[] | undefined;
  readonly coverage?: CoverageConfig | undefined;
};

/** Whose account the cloud in this process is: that of the stacks, where the app binds them to one. */
export type EmbeddedConfig = {
  /** 000000000000 when absent. */
  readonly account?: string | undefined;
  /** us-east-1 when absent. */
  readonly region?: string | undefined;
};

export type LocalStackConfig = {
  /** http://127.0.0.1:4566 when absent; the variable LOCALSTACK_ENDPOINT goes before it. */
  readonly endpoint?: string | undefined;
  /** us-east-1 when absent. */
  readonly region?: string | undefined;
};

/** What `--account`, `--region` and `--endpoint-url` say when they are not given. */
export type AwsConfig = {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Of one's own, such as a VPC's, or a stand-in's: all services are called there. AWS's when absent. */
  readonly endpoint?: string | undefined;
};

export type AccountConfig = {
  /** For people: "live". */
  readonly name?: string | undefined;
  /** `hangar promote` then needs --yes-production with its id. */
  readonly production?: boolean | undefined;
};

/** Both together narrow twice. */
export type SuiteConfig = {
  /** Tests with this tag of vitest's, or an expression of tags: "smoke". */
  readonly tag?: string | undefined;
  /** Test files, as vitest takes them: "orders" is every file with that in its path. */
  readonly files?: readonly string[] | undefined;
};

export type StageConfig = {
  readonly name: string;
  readonly target: "localstack" | "aws";
  /** Those of `targets.aws` when absent. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** All tests when absent. */
  readonly suite?: string | undefined;
};

export type Allowance = {
  /** Name of the rule: "missing", "public-bucket". */
  readonly rule: string;
  /** What the finding is about: a resource type, a property, `Stack/LogicalId`; `*` stands for anything. */
  readonly subject: string;
  readonly reason: string;
  /** The last day on which it holds, e.g. "2027-01-31". */
  readonly until: string;
};

export type CoverageConfig = {
  /** What `hangar check` makes of handlers, routes and event sources that the last suite never used; "note" when absent. */
  readonly unused?: "error" | "warning" | "note" | "off" | undefined;
};

/** Gives an editor the types. */
export function defineConfig(config: HangarConfig): HangarConfig {
  return config;
}

const FILES = ["ts", "mts", "js", "mjs", "json"].map((ending) => `hangar.config.${ending}`);

/** That of the folder; empty where there is none. Throws an Error with every key that is unknown and every value that is wrong. */
export async function readConfig(folder: string): Promise<HangarConfig> {
  const [file, other] = FILES.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (file === undefined) return {};
  if (other !== undefined)
    throw new Error(`There is ${basename(file)} and ${basename(other)} in ${folder}: keep one of them.`);
  const config = await exportOf(file);
  const problems = problemsIn(config);
  if (problems.length === 0) return config as HangarConfig;
  throw new Error([`${file}:`, ...problems.map((each) => `  - ${each}`)].join("\n"));
}

async function exportOf(file: string): Promise<unknown> {
  if (file.endsWith(".json")) return parsed(readFileSync(file, "utf8"), file);
  // Node strips types by itself from 22.18 and 23.6 on; from 22.6 on when it is asked to.
  if (file.endsWith("ts") && process.features.typescript === false) return strippedByChild(file);
  const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  return exported(module.default, file);
}

const PRINT = `const { default: value } = await import(process.argv[1]);
process.stdout.write("\\n" + (JSON.stringify(value) ?? "null"));`;

function strippedByChild(file: string): unknown {
  const flags = ["--experimental-strip-types", "--no-warnings", "--input-type=module", "--eval", PRINT];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, pathToFileURL(file).href], {
    encoding: "utf8",
  });
  if (status !== 0)
    throw new Error(
      `${file} could not be read by Node ${process.versions.node}, which needs --experimental-strip-types for TypeScript; 22.18 does not, nor does a hangar.config.mjs.\n${stderr}`,
    );
  return exported(parsed(stdout.slice(stdout.lastIndexOf("\n") + 1), file) ?? undefined, file);
}

function exported(value: unknown, file: string): unknown {
  if (value === undefined) throw new Error(`${file} has no default export: export default defineConfig({ … });`);
  return value;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`);
  }
}
