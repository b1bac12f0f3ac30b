// Runs resources whose types have a handler in the registry of services.

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { ResourceType } from "../../../cloud/resource.ts";
import { isCustom } from "../rules/coverage.ts";
import { AWS_CALL } from "./custom/recognise.ts";
import type { Job, Runner } from "./runner.ts";

function handlerOf(job: Job): ResourceType {
  const { resourceType } = job.context.ports.resources;
  // An AwsCustomResource may carry any custom type's name: what is not listed by its own is one of those.
  const handler = resourceType(job.resource.type) ?? (isCustom(job.resource.type) ? resourceType(AWS_CALL) : undefined);
  if (handler === undefined) throw notEmulated(`the resource type ${job.resource.type}`);
  return handler;
}

export const registered: Runner = {
  create: async (job) => ({ state: await handlerOf(job).create(job.properties, job.handlerContext) }),
  update: async (job) => {
    const handler = handlerOf(job);
    if (job.state === undefined) return { state: await handler.create(job.properties, job.handlerContext) };
    if (handler.update === undefined) return { state: job.state };
    return { state: await handler.update(job.state, job.properties, job.previous ?? {}, job.handlerContext) };
  },
  delete: async (job) => {
    if (job.state !== undefined) await handlerOf(job).delete(job.state, job.properties, job.handlerContext);
    return { state: job.state ?? { id: "", attributes: {} } };
  },
};
