// New code for the functions of a deployed stack, without synthesis and without CloudFormation.

import { readFileSync } from "node:fs";
import type { Cloud } from "../cloud/cloud.ts";
import type { World } from "../cloud/world.ts";
import type { StackArtifact } from "./assembly.ts";
import type { Bundle } from "./bundles.ts";
import { callerOf } from "./embedded.ts";

type Template = {
  readonly Resources?: Readonly<
    Record<string, { readonly Type: string; readonly Metadata?: Readonly<Record<string, unknown>> }>
  >;
};
type Summaries = {
  readonly StackResourceSummaries: readonly {
    readonly LogicalResourceId: string;
    readonly PhysicalResourceId: string;
  }[];
};

/** Answers the names of the functions that now run the new code. */
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
    const { StackResourceSummaries } = (await call("cloudformation", "ListStackResources", {
      StackName: stack.stackName,
    })) as Summaries;
    for (const { LogicalResourceId, PhysicalResourceId } of StackResourceSummaries) {
      if (!logicalIds.includes(LogicalResourceId)) continue;
      await call("lambda", "UpdateFunctionCode", { FunctionName: PhysicalResourceId, ZipFile: zip });
      swapped.push(PhysicalResourceId);
    }
  }
  return swapped;
}

function functionsOf(stack: StackArtifact, bundle: Bundle): string[] {
  const { Resources = {} } = JSON.parse(readFileSync(stack.templatePath, "utf8")) as Template;
  return Object.entries(Resources).flatMap(([id, { Type, Metadata }]) =>
    Type === "AWS::Lambda::Function" && bundle.assets.includes(String(Metadata?.["aws:asset:path"])) ? [id] : [],
  );
}
