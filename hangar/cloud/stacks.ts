// The stacks of a world, of all its regions, with their outputs as one caller reaches them.

import { houseRequest, rootOf } from "./call.ts";
import type { Cloud } from "./cloud.ts";
import { readdressed } from "./reachable-url.ts";
import type { World } from "./world.ts";

export type StackFacts = {
  readonly name: string;
  readonly region: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
};

type Page = {
  readonly NextToken?: string;
  readonly Stacks: readonly {
    readonly StackName: string;
    readonly StackStatus: string;
    readonly CreationTime: Date;
    readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
  }[];
};

/** Oldest first. The CDK's own toolkit stack is there in every account, and left out. */
export async function stacksOf(cloud: Cloud, world: World, origin: string): Promise<readonly StackFacts[]> {
  const found: (StackFacts & { readonly created: number })[] = [];
  const request = { ...houseRequest(cloud), origin };
  const caller = rootOf(cloud.account);
  for (const region of regionsWithStacks(world, cloud.account)) {
    const place = { world, service: "cloudformation", caller, account: cloud.account, region, request };
    let NextToken: string | undefined;
    do {
      const page = (await cloud.call({ ...place, operation: "DescribeStacks", input: { NextToken } })) as Page;
      for (const { StackName: name, StackStatus: status, CreationTime, Outputs = [] } of page.Stacks) {
        const outputs = Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
        if (name !== "CDKToolkit") found.push({ name, region, status, outputs, created: CreationTime.getTime() });
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }
  return found.toSorted((a, b) => a.created - b.created).map(({ created: _created, ...stack }) => stack);
}

/** Of two with one name, the later stack's. */
export function outputsOf(stacks: readonly StackFacts[]): Record<string, string> {
  return Object.assign({}, ...stacks.map(({ outputs }) => outputs)) as Record<string, string>;
}

/** Outputs as they were given to the cloud itself, as a caller at `origin` reaches them. */
export function reachedFrom<Stack extends { readonly outputs: Readonly<Record<string, string>> }>(
  origin: string,
  cloud: Cloud,
  stacks: readonly Stack[],
): readonly Stack[] {
  return stacks.map((stack) => {
    const reached = Object.entries(stack.outputs).map(([key, value]) => [
      key,
      readdressed(value, [cloud.origin], origin),
    ]);
    return { ...stack, outputs: Object.fromEntries(reached) as Stack["outputs"] };
  });
}

function regionsWithStacks(world: World, account: string): readonly string[] {
  const regions = [...world.paths()]
    .map((path) => path.split("/"))
    .filter(([service, of, , table]) => service === "cloudformation" && of === account && table === "stacks");
  return regions.map(([, , region = ""]) => region).toSorted();
}
