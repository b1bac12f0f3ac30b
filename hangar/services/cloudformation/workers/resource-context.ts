// What a resource's handler is given: names, tags, and calls as whoever deploys.

import type { CallOptions, Context } from "../../../cloud/operation.ts";
import type { ResourceContext } from "../../../cloud/resource.ts";
import { physicalName } from "../rules/physical-name.ts";
import type { Deployment, Stack, Tables } from "../store.ts";

export function resourceContext(
  stack: Stack,
  deployment: Pick<Deployment, "caller" | "target">,
  logicalId: string,
  context: Context<Tables>,
): ResourceContext {
  const tags = new Map(deployment.target.tags.map((tag) => [tag.Key, tag.Value]));
  tags
    .set("aws:cloudformation:stack-name", stack.name)
    .set("aws:cloudformation:stack-id", stack.id)
    .set("aws:cloudformation:logical-id", logicalId);
  const { caller } = deployment;
  return {
    account: context.account,
    region: context.region,
    logicalId,
    stackName: stack.name,
    stackId: stack.id,
    tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    caller,
    context: context as unknown as Context,
    physicalName: (max, options = {}) =>
      physicalName(stack.name, logicalId, context.ids.alphanumeric(12), { max, ...options }),
    call: (service: string, operation: string, input: Readonly<Record<string, unknown>>, options: CallOptions = {}) =>
      context.ports.api.call(service, operation, input, {
        as: caller,
        account: context.account,
        region: context.region,
        ...options,
      }),
  };
}
