// Synthesised assemblies: deployed, compared, destroyed. What the command line asks of a running cloud.

import { reachedFrom } from "../../cloud/stacks.ts";
import type { Asked, Route } from "./route.ts";
import { listOf, mapOf, members, string } from "./schema.ts";

const body = members({
  assembly: string("Folder of the synthesised app on the cloud's machine.", "/app/cdk.out"),
  "stacks?": listOf({ type: "string" }, "Names; all of them when empty or absent."),
});

const deployed = members({
  stackName: string("As CloudFormation has it."),
  stackId: string("ARN."),
  outputs: mapOf({ type: "string" }),
  changed: { type: "boolean" },
});

export const deployRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/_hangar/deploy",
    says: "Deploys the stacks of an assembly to this world, in order.",
    body,
    answer: members({ stacks: listOf(deployed) }),
    run: deploy,
  },
  {
    method: "POST",
    path: "/_hangar/destroy",
    says: "Deletes a stack of this world and waits until it is gone.",
    body: members({ stackName: string("As CloudFormation has it.") }),
    answer: members({}),
    run: destroy,
  },
  {
    method: "POST",
    path: "/_hangar/diff",
    says: "Tells what deploying an assembly would change.",
    body,
    answer: members({ stacks: listOf({ type: "object" }, "For each stack its name and its changes.") }),
    run: diff,
  },
];

async function deploy({ cloud, world, request, body: { assembly, stacks } }: Asked): Promise<unknown> {
  const { embeddedTarget } = await import("../../targets/embedded.ts");
  const { readAssembly, selected } = await import("../../targets/assembly.ts");
  const target = embeddedTarget(cloud, world);
  const done = [];
  for (const stack of selected(readAssembly(String(assembly)), stacks))
    done.push(await target.deploy(stack, () => undefined));
  return { stacks: reachedFrom(request.origin, cloud, done) };
}

async function destroy({ cloud, world, body: { stackName } }: Asked): Promise<unknown> {
  const { embeddedTarget } = await import("../../targets/embedded.ts");
  await embeddedTarget(cloud, world).destroy(String(stackName), () => undefined);
  return {};
}

async function diff({ cloud, world, body: { assembly, stacks } }: Asked): Promise<unknown> {
  const { embeddedTarget } = await import("../../targets/embedded.ts");
  const { readAssembly, selected } = await import("../../targets/assembly.ts");
  const target = embeddedTarget(cloud, world);
  const differences = [];
  for (const stack of selected(readAssembly(String(assembly)), stacks)) differences.push(await target.diff(stack));
  return { stacks: differences };
}
