// What is deployed in a world.

import { outputsOf, stacksOf } from "../../cloud/stacks.ts";
import type { Asked, Route } from "./route.ts";
import { listOf, mapOf, members, string } from "./schema.ts";

const outputs = mapOf({ type: "string" }, "Name -> value. Addresses of ours lead to the world that was asked.");

export const stackRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/stacks",
    says: "The stacks of this world and their outputs, as whoever asks reaches them: asked of a fork, they lead to that fork.",
    answer: members({
      outputs: { ...outputs, description: "Of all stacks together; of two with one name, the later stack's." },
      stacks: listOf(
        members({
          name: string("As CloudFormation has it."),
          region: string("Where it is.", "us-east-1"),
          status: string("CloudFormation's word.", "CREATE_COMPLETE"),
          outputs,
        }),
        "Oldest first; without the CDK's toolkit stack.",
      ),
    }),
    run: stacksHere,
  },
];

async function stacksHere({ cloud, world, request }: Asked): Promise<unknown> {
  const stacks = await stacksOf(cloud, world, request.origin);
  return { outputs: outputsOf(stacks), stacks };
}
