// A stack as CloudFormation describes it, on a target that is reached through the SDK.

import type { ApiCall } from "./sdk-call.ts";

export type DescribedStack = { readonly stackId: string; readonly outputs: Readonly<Record<string, string>> };

type Described = {
  readonly StackId: string;
  readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
};

/** Undefined when there is no such stack. */
export async function describedStack(call: ApiCall, stackName: string): Promise<DescribedStack | undefined> {
  try {
    const { Stacks } = await call("cloudformation", "DescribeStacks", { StackName: stackName });
    const [stack] = Stacks as readonly Described[];
    if (stack === undefined) return undefined;
    const outputs = (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    return { stackId: stack.StackId, outputs: Object.fromEntries(outputs) as Record<string, string> };
  } catch (error) {
    if (error instanceof Error && error.message.includes("does not exist")) return undefined;
    throw error;
  }
}
