// What a run of the suites used of the app, as `hangar test` leaves it in .hangar/usage.json for the reports made of it.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AccessUse } from "../cloud/access-tally.ts";
import type { UsageCounts } from "../cloud/usage-tally.ts";
import type { DeployedRole } from "../services/iam/rules/access-report.ts";
import type { DeployedResources } from "./stack-resources.ts";

export type SuiteUsage = UsageCounts & {
  readonly version: 1;
  /** When the suites ended. */
  readonly at: string;
  readonly account: string;
  /** Hash of the assembly that was deployed. */
  readonly assembly?: string | undefined;
  /** The words that narrowed the run; none when all suites ran. */
  readonly only: readonly string[];
  readonly passed: boolean;
  /** What roles asked for and what they were told. */
  readonly access: readonly AccessUse[];
  /** As deployed, with all their policies. */
  readonly roles: readonly DeployedRole[];
  /** What the counts' names and ARNs are in the templates. */
  readonly stacks: readonly DeployedResources[];
};

/** Whether what is missing in it was never used: all suites ran, to their end. */
export function isWhole({ only, passed }: SuiteUsage): boolean {
  return passed && only.length === 0;
}

/** The app's own folder keeps what its last run showed. */
function usageFile(directory: string): string {
  return join(directory, ".hangar", "usage.json");
}

export function writeUsage(directory: string, usage: SuiteUsage): void {
  const file = usageFile(directory);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(usage));
}

/** Undefined when no suite has run in the folder. Throws an Error for a file of another version. */
export function readUsage(directory: string): SuiteUsage | undefined {
  let text: string;
  try {
    text = readFileSync(usageFile(directory), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const usage = JSON.parse(text) as SuiteUsage;
  if (usage.version !== 1) throw new Error(`${usageFile(directory)} is another version's. Run: hangar test`);
  return usage;
}
