// AWS::CloudFormation::WaitCondition and its handle: a URL, and a resource that is complete once enough signals came there.

import { textOf } from "../rules/text.ts";
import type { ResourceState, ResourceType } from "../../../cloud/resource.ts";
import type { Context } from "../../../cloud/operation.ts";
import { resourceFailure } from "../workers/failure-reason.ts";
import type { Tables, Wait } from "../store.ts";
import { responseUrl } from "./custom-resource.ts";
import type { Job, Outcome, Runner } from "./runner.ts";

export const waitConditionHandle: ResourceType = {
  type: "AWS::CloudFormation::WaitConditionHandle",
  properties: [],
  create: async (_properties, { context }) => {
    const token = context.ids.uuid();
    (context as unknown as Context<Tables>).store.answers.put(token, { deploymentId: "", received: [] });
    return { id: responseUrl(context.request.origin, context, token), attributes: {} };
  },
  delete: async (state, _properties, { context }) => {
    (context as unknown as Context<Tables>).store.answers.delete(tokenOf(state.id));
  },
};

function tokenOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

/** Once complete it stays so: a wait condition cannot be updated. */
export const waitCondition: Runner = {
  create: async (job) => waitFor(job),
  update: async (job) => ({ state: job.state ?? { id: job.handlerContext.physicalName(255), attributes: {} } }),
  delete: async (job) => ({ state: job.state ?? { id: "", attributes: {} } }),
  poll: (job, wait) => signalled(job, wait),
};

function waitFor(job: Job): Outcome {
  const { context, properties } = job;
  const handle = properties["Handle"];
  if (typeof handle !== "string")
    throw resourceFailure("WaitCondition must have a Handle; signals through cfn-signal are not emulated.");
  const token = tokenOf(handle);
  const known = context.store.answers.get(token);
  context.store.answers.put(token, { deploymentId: job.deployment.id, received: known?.received ?? [] });
  const wait: Wait = {
    token,
    until: context.clock.now() + Number(properties["Timeout"] ?? 0) * 1000,
    physicalId: handle,
  };
  const state = signalled(job, wait);
  return state === undefined ? { wait } : { state };
}

function signalled(job: Job, wait: Wait): ResourceState | undefined {
  const { context, properties } = job;
  const count = Number(properties["Count"] ?? 1);
  const received = context.store.answers.get(wait.token)?.received ?? [];
  const failed = received.find((signal) => signal["Status"] !== "SUCCESS");
  if (failed !== undefined)
    throw resourceFailure(
      `WaitCondition received failed message: '${textOf(failed["Reason"])}' for uniqueId: ${textOf(failed["UniqueId"])}`,
    );
  const distinct = new Map(received.map((signal, index) => [textOf(signal["UniqueId"] ?? index), signal["Data"]]));
  if (distinct.size >= count)
    return { id: wait.physicalId ?? "", attributes: { Data: JSON.stringify(Object.fromEntries(distinct)) } };
  if (context.clock.now() < wait.until) return undefined;
  throw resourceFailure(`WaitCondition timed out. Received ${distinct.size} conditions when expecting ${count}`);
}
