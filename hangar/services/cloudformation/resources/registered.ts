// Runs resources whose types have a handler in the registry of services.

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { isCustom } from "../rules/coverage.ts";
import { AWS_CALL } from "./custom/recognise.ts";
import type { Job, Outcome, Runner, Verb } from "./runner.ts";

function handlerOf(job: Job): ResourceType {
  const { resourceType } = job.context.ports.resources;
  // An AwsCustomResource may carry any custom type's name: what is not listed by its own is one of those.
  const handler = resourceType(job.resource.type) ?? (isCustom(job.resource.type) ? resourceType(AWS_CALL) : undefined);
  if (handler === undefined) throw notEmulated(`the resource type ${job.resource.type}`);
  return handler;
}

export const registered: Runner = {
  create: async (job) => {
    const handler = handlerOf(job);
    return complete(job, handler, "create", await handler.create(job.properties, job.handlerContext));
  },
  update: async (job) => {
    const handler = handlerOf(job);
    if (job.state === undefined) return registered.create(job);
    if (handler.update === undefined) return { state: job.state };
    const state = await handler.update(job.state, job.properties, job.previous ?? {}, job.handlerContext);
    return complete(job, handler, "update", state);
  },
  delete: async (job) => {
    if (job.state === undefined) return { state: { id: "", attributes: {} } };
    const handler = handlerOf(job);
    await handler.delete(job.state, job.properties, job.handlerContext);
    return complete(job, handler, "delete", job.state);
  },
  poll: ({ context }, { until, state }) => (context.clock.now() < until ? undefined : state),
};

/** At once, unless the type takes its time. */
function complete({ context, handlerContext }: Job, handler: ResourceType, verb: Verb, state: ResourceState): Outcome {
  const takes = handler.takes?.(verb, handlerContext) ?? 0;
  if (takes <= 0) return { state };
  return { wait: { token: context.ids.uuid(), until: context.clock.now() + takes, state } };
}
