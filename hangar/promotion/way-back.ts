// How to go back after a promotion that failed: to the assembly that was there before, or to the templates that were.

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readAssembly, type StackArtifact } from "../targets/assembly.ts";
import type { Session } from "../targets/promotable.ts";
import { keptFolder } from "./kept-assembly.ts";
import { readRuns, samePlace, type Place, type RunRecord } from "./run-record.ts";

/** A stack as it was before. */
export type Before = {
  readonly stack: StackArtifact;
  /** Undefined where there was no such stack. */
  readonly template: string | undefined;
};

/** Keeps the template that is deployed there now. */
export async function templateBefore(
  { call }: Session,
  stack: StackArtifact,
  folder: string,
): Promise<Before & { readonly template: string }> {
  const { stackName: StackName } = stack;
  const { TemplateBody } = await call("cloudformation", "GetTemplate", { StackName, TemplateStage: "Original" });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${StackName}.template.json`);
  writeFileSync(file, String(TemplateBody));
  return { stack, template: file };
}

/** Where templates of before are kept, beside the assembly that took their place. */
export function beforeFolder(project: string, hash: string, { target, account, region }: Place): string {
  return `${keptFolder(project, hash)}.before-${target}-${account}-${region}`;
}

/** The last assembly that passed there and is still kept. */
function previousAssembly(project: string, hash: string, place: Place): RunRecord | undefined {
  const folder = join(project, ".hangar", "runs");
  const hashes = readdirSync(folder).flatMap((name) => /^([0-9a-f]{64})\.json$/.exec(name)?.[1] ?? []);
  const passed = hashes
    .filter((each) => each !== hash && existsSync(keptFolder(project, each)))
    .flatMap((each) => readRuns(project, each))
    .filter((run) => run.result === "passed" && samePlace(run.place, place));
  return passed.toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1)).at(-1);
}

/** Exact commands, to be run in this order. */
export function wayBack(options: {
  readonly project: string;
  readonly hash: string;
  readonly place: Place;
  /** The stacks that were changed, in the order in which they were. */
  readonly changed: readonly Before[];
  /** `--to aws --account … --region …`, as promote and destroy take it. */
  readonly words: { readonly promote: string; readonly destroy: string };
}): readonly string[] {
  const { project, hash, place, changed, words } = options;
  if (changed.length === 0) return [];
  const previous = previousAssembly(project, hash, place);
  if (previous !== undefined && changed.every(({ template }) => template !== undefined)) {
    const folder = relative(project, keptFolder(project, previous.assembly));
    const same = stacksOf(project, previous.assembly);
    if (changed.every(({ stack }) => same.has(stack.stackName)))
      return [`hangar promote ${words.promote} --app ${folder}`];
  }
  const kept = relative(project, keptFolder(project, hash));
  return changed.toReversed().map(({ stack, template }) => {
    if (template === undefined) return `hangar destroy ${stack.stackName} ${words.destroy} --app ${kept}`;
    const { account, region, endpoint } = place;
    const filled = (text: string): string =>
      text
        .replaceAll("${AWS::AccountId}", account)
        .replaceAll("${AWS::Region}", region)
        .replaceAll("${AWS::Partition}", partitionOf(region));
    const bucket = stack.assets.find(({ path }) => path === stack.templatePath)?.bucket;
    return [
      `aws cloudformation deploy --stack-name ${stack.stackName} --template-file ${relative(project, template)}`,
      ...(bucket === undefined ? [] : [`--s3-bucket ${filled(bucket)}`]),
      ...(stack.executionRole === undefined ? [] : [`--role-arn ${filled(stack.executionRole)}`]),
      `--capabilities CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND --region ${region}`,
      ...(endpoint === undefined ? [] : [`--endpoint-url ${endpoint}`]),
    ].join(" ");
  });
}

function stacksOf(project: string, hash: string): ReadonlySet<string> {
  return new Set(readAssembly(keptFolder(project, hash)).map(({ stackName }) => stackName));
}

function partitionOf(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
