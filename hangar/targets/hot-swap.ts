// New code for the functions of a deployed stack, without synthesis and without CloudFormation.

import { readFileSync } from "node:fs";
import type { Cloud } from "../cloud/cloud.ts";
import type { World } from "../cloud/world.ts";
import type { StackArtifact } from "./assembly.ts";
import type { Bundle } from "./bundles.ts";
import { callerOf, type Caller } from "./embedded.ts";

type Template = {
  readonly Resources?: Readonly<
    Record<string, { readonly Type: string; readonly Metadata?: Readonly<Record<string, unknown>> }>
  >;
};
type Summary = {
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
};
type Summaries = { readonly StackResourceSummaries: readonly Summary[]; readonly NextToken?: string };

/** Answers the names of the functions that now run the new code. Those of nested stacks are not among them. */
export async function swapCode(
  cloud: Cloud,
  stacks: readonly StackArtifact[],
  { bundle, zip }: { readonly bundle: Bundle; readonly zip: Uint8Array },
  world: World = cloud.world,
): Promise<string[]> {
  const swapped: string[] = [];
  for (const stack of stacks) {
    const logicalIds = functionsOf(stack, bundle);
    if (logicalIds.length === 0) continue;
    const call = callerOf(cloud, world, stack.region ?? cloud.region);
    const summaries = await resourcesOf(call, stack.stackName);
    for (const { LogicalResourceId, PhysicalResourceId: FunctionName } of summaries) {
      if (!logicalIds.includes(LogicalResourceId)) continue;
      await call("lambda", "UpdateFunctionCode", { FunctionName, ZipFile: zip });
      for (const Name of aliasesOf(summaries, FunctionName)) {
        const RoutingConfig = { AdditionalVersionWeights: {} };
        await call("lambda", "UpdateAlias", { FunctionName, Name, FunctionVersion: "$LATEST", RoutingConfig });
      }
      swapped.push(FunctionName);
    }
  }
  return swapped;
}

async function resourcesOf(call: Caller, StackName: string): Promise<readonly Summary[]> {
  const found: Summary[] = [];
  let NextToken: string | undefined;
  do {
    const page = (await call("cloudformation", "ListStackResources", { StackName, NextToken })) as Summaries;
    found.push(...page.StackResourceSummaries);
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return found;
}

/** What calls a function by an alias of its stack has the new code too: a version of its own would be in the next deployment's way. */
function aliasesOf(summaries: readonly Summary[], functionName: string): string[] {
  return summaries.flatMap(({ ResourceType, PhysicalResourceId }) => {
    const [, , , , , , name, alias = ""] = PhysicalResourceId.split(":");
    return ResourceType === "AWS::Lambda::Alias" && name === functionName ? [alias] : [];
  });
}

function functionsOf(stack: StackArtifact, bundle: Bundle): string[] {
  const { Resources = {} } = JSON.parse(readFileSync(stack.templatePath, "utf8")) as Template;
  return Object.entries(Resources).flatMap(([id, { Type, Metadata }]) =>
    Type === "AWS::Lambda::Function" && bundle.assets.includes(String(Metadata?.["aws:asset:path"])) ? [id] : [],
  );
}
