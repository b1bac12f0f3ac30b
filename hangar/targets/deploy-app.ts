// Deploys the stacks of an assembly to a target, in order, and tells what tests need to know of it.

import { readAssembly, selected } from "./assembly.ts";
import type { DeployedStack, DeployedTarget, Progress, Target } from "./target.ts";

export async function deployApp(
  target: Target,
  { assembly, stacks }: { readonly assembly: string; readonly stacks?: readonly string[] | undefined },
  progress: Progress,
): Promise<{ readonly stacks: readonly DeployedStack[]; readonly deployed: DeployedTarget }> {
  const done: DeployedStack[] = [];
  for (const stack of selected(readAssembly(assembly), stacks)) done.push(await target.deploy(stack, progress));
  const { name, account, region, endpoint, clients } = target;
  const watched = await target.watched(done.map(({ stackName }) => stackName));
  const outputs = Object.fromEntries(done.map((stack) => [stack.stackName, stack.outputs]));
  return { stacks: done, deployed: { name, account, region, endpoint, clients, stacks: outputs, watched } };
}
