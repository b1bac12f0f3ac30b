// What the suites of CloudFormation types share: stacks that are deployed, changed and deleted to the end.

import {
  CloudFormation,
  CloudFormationServiceException as Refusal,
  type Capability,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import type { RunningCloud } from "../index.ts";

export type Resources = Readonly<Record<string, { readonly Type: string; readonly [more: string]: unknown }>>;
type Values = Readonly<Record<string, object>>;

export const ref = (name: string): object => ({ Ref: name });
export const attribute = (name: string, member: string): object => ({ "Fn::GetAtt": [name, member] });

export type Stacks = {
  /** Creates the stack or updates it; answers its outputs, which are the `Ref` of every resource unless they are given. */
  deploy(name: string, resources: Resources, outputs?: Values): Promise<Record<string, string>>;
  /** Why CloudFormation refuses to deploy the stack, or why its resources fail. What failed is then rolled back. */
  failure(name: string, resources: Resources): Promise<string>;
  destroy(name: string): Promise<void>;
};

/** `tags` are the tags of every stack, which its resources inherit. */
export function stacksOf(cloud: RunningCloud, tags: Readonly<Record<string, string>> = {}): Stacks {
  const api = new CloudFormation({ ...cloud.clientConfig(), maxAttempts: 1 });
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const Capabilities: Capability[] = ["CAPABILITY_NAMED_IAM"];

  async function change(StackName: string, resources: Resources, outputs?: Values): Promise<Ended> {
    const TemplateBody = templateOf(resources, outputs);
    const input = { StackName, TemplateBody, Tags, Capabilities };
    const create = (await found(api, StackName)) === undefined;
    await (create ? api.createStack(input) : api.updateStack(input));
    await cloud.settle();
    return { stack: await found(api, StackName), reasons: await reasonsOf(api, StackName), create };
  }

  return {
    async deploy(name, resources, outputs) {
      const { stack, reasons, create } = await change(name, resources, outputs);
      const status = create ? "CREATE_COMPLETE" : "UPDATE_COMPLETE";
      if (stack?.StackStatus !== status || stack.StackStatusReason !== undefined || reasons.length > 0)
        throw new Error(tellOf(name, stack, reasons));
      return Object.fromEntries((stack.Outputs ?? []).map((each) => [each.OutputKey ?? "", each.OutputValue ?? ""]));
    },
    async failure(name, resources) {
      try {
        const { stack, reasons, create } = await change(name, resources);
        const status = create ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE";
        if (stack?.StackStatus !== status) throw new Error(tellOf(name, stack, reasons));
        return reasons.join("\n");
      } catch (error) {
        if (error instanceof Refusal) return error.message;
        throw error;
      }
    },
    async destroy(name) {
      if ((await found(api, name)) === undefined) throw new Error(`No stack ${name} to destroy.`);
      await api.deleteStack({ StackName: name });
      await cloud.settle();
      const stack = await found(api, name);
      if (stack !== undefined) throw new Error(tellOf(name, stack, await reasonsOf(api, name)));
    },
  };
}

type Ended = { readonly stack: Stack | undefined; readonly reasons: readonly string[]; readonly create: boolean };

function templateOf(resources: Resources, outputs?: Values): string {
  const values = outputs ?? Object.fromEntries(Object.keys(resources).map((name) => [name, ref(name)]));
  return JSON.stringify({
    Resources: resources,
    Outputs: Object.fromEntries(Object.entries(values).map(([name, Value]) => [name, { Value }])),
  });
}

async function found(api: CloudFormation, StackName: string): Promise<Stack | undefined> {
  try {
    return (await api.describeStacks({ StackName })).Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && error.message.endsWith("does not exist")) return undefined;
    throw error;
  }
}

/** Of the last change alone: events come newest first, and those before the stack's own start are of that change. */
async function reasonsOf(api: CloudFormation, StackName: string): Promise<string[]> {
  const { StackEvents = [] } = await api.describeStackEvents({ StackName });
  const start = StackEvents.findIndex(
    (event) =>
      event.PhysicalResourceId === event.StackId &&
      /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(event.ResourceStatus ?? ""),
  );
  if (start === -1) throw new Error(`No event says that ${StackName} began to change.`);
  return StackEvents.slice(0, start)
    .filter((event) => event.ResourceStatus?.endsWith("_FAILED") === true)
    .map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`)
    .toReversed();
}

function tellOf(name: string, stack: Stack | undefined, reasons: readonly string[]): string {
  return [`${name} is ${stack?.StackStatus ?? "gone"} ${stack?.StackStatusReason ?? ""}`, ...reasons].join("\n");
}
