// AWS::CloudFormation::Stack: a stack inside a stack.

import type { ResourceState } from "../../../cloud/resource.ts";
import { isObject, type PlainObject } from "../rules/template.ts";
import { resourceFailure } from "../workers/failure-reason.ts";
import { removeStack, submitNew, submitUpdate } from "../workers/submit.ts";
import type { Tag } from "../store.ts";
import { asTexts } from "./custom-resource.ts";
import { FailedWithId, type Job, type Outcome, type Runner, type Verb } from "./runner.ts";

export const nestedStack: Runner = {
  create: async (job) =>
    wait(
      await submitNew(
        {
          ...submission(job),
          name: job.handlerContext.physicalName(128),
          capabilities: job.deployment.target.capabilities,
          ...(job.properties["TimeoutInMinutes"] === undefined
            ? {}
            : { timeoutInMinutes: Number(job.properties["TimeoutInMinutes"]) }),
          parent: { deploymentId: job.deployment.id, stack: job.stack },
        },
        job.context,
      ),
    ),
  update: async (job) => {
    if (job.state === undefined) return nestedStack.create(job);
    const begun = await submitUpdate(
      {
        ...submission(job),
        stackId: job.state.id,
        capabilities: job.deployment.target.capabilities,
        parent: job.deployment.id,
      },
      job.context,
    );
    return begun ? wait(job.state.id) : { state: stateOf(job, job.state.id) };
  },
  delete: async (job) => {
    if (job.state === undefined) return { state: { id: "", attributes: {} } };
    const begun = removeStack(
      { stackId: job.state.id, caller: job.deployment.caller, retain: [], parent: job.deployment.id },
      job.context,
    );
    return begun ? wait(job.state.id) : { state: job.state };
  },
  poll: (job, { token }, verb) => settled(job, token, verb),
};

function submission(job: Job): {
  readonly source: { readonly TemplateURL: string };
  readonly given: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
  readonly tags: readonly Tag[];
  readonly caller: Job["deployment"]["caller"];
  readonly notificationArns: readonly string[];
} {
  const { properties } = job;
  const parameters = isObject(properties["Parameters"]) ? properties["Parameters"] : {};
  const own = Array.isArray(properties["Tags"]) ? (properties["Tags"] as readonly Tag[]) : [];
  const tags = new Map([...job.deployment.target.tags, ...own].map((tag) => [tag.Key, tag.Value]));
  return {
    source: { TemplateURL: String(properties["TemplateURL"]) },
    given: Object.entries(parameters).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: Array.isArray(value) ? value.join(",") : String(asTexts(value)),
    })),
    tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    caller: job.deployment.caller,
    notificationArns: Array.isArray(properties["NotificationARNs"]) ? (properties["NotificationARNs"] as string[]) : [],
  };
}

function wait(stackId: string): Outcome {
  return { wait: { token: stackId, until: Number.MAX_SAFE_INTEGER, physicalId: stackId } };
}

function stateOf(job: Job, stackId: string): ResourceState {
  const outputs = job.context.store.stacks.get(stackId)?.outputs ?? [];
  const attributes: PlainObject = Object.fromEntries(outputs.map((output) => [`Outputs.${output.key}`, output.value]));
  return { id: stackId, attributes };
}

function settled(job: Job, stackId: string, verb: Verb): ResourceState | undefined {
  const child = job.context.store.stacks.get(stackId);
  if (child === undefined || child.status.endsWith("_IN_PROGRESS")) return undefined;
  const wanted =
    verb === "create" ? ["CREATE_COMPLETE"] : verb === "update" ? ["UPDATE_COMPLETE"] : ["DELETE_COMPLETE"];
  if (wanted.includes(child.status)) return stateOf(job, stackId);
  const reason = job.context.store.deployments.get(child.deploymentId ?? "")?.failure ?? child.statusReason ?? "";
  const sentence =
    verb === "create"
      ? `Embedded stack ${stackId} was not successfully created: ${reason}`
      : verb === "update"
        ? `Embedded stack ${stackId} was not successfully updated. Currently in ${child.status} with reason: ${reason}`
        : `Embedded stack ${stackId} was not successfully deleted: ${reason}`;
  if (verb === "create") throw new FailedWithId(sentence, stackId);
  throw resourceFailure(sentence);
}
