// What CloudFormation's suites share: a cloud, and stacks that are made, changed and deleted to the end.

import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  type CreateStackCommandInput,
  type Stack,
  type UpdateStackCommandInput,
} from "@aws-sdk/client-cloudformation";
import { startCloud, type RunningCloud, type StartSettings } from "../../../index.ts";

export type StackCloud = { readonly cloud: RunningCloud; readonly cfn: CloudFormationClient };

export async function startStackCloud(settings: StartSettings = { listen: false }): Promise<StackCloud> {
  const cloud = await startCloud(settings);
  return { cloud, cfn: new CloudFormationClient({ ...cloud.clientConfig(), maxAttempts: 1 }) };
}

export const queue = (name: string, more: object = {}): object => ({
  Type: "AWS::SQS::Queue",
  Properties: { QueueName: name, ...more },
});

export const parameter = (name: string, value: unknown = "value", more: object = {}): object => ({
  Type: "AWS::SSM::Parameter",
  Properties: { Name: name, Type: "String", Value: value, ...more },
});

/** The stack once nothing of it is under way. */
export async function settled({ cfn }: StackCloud, name: string): Promise<Stack> {
  for (;;) {
    const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks ?? [];
    if (stack === undefined) throw new Error(`No stack ${name}.`);
    if (!/(?<!REVIEW)_IN_PROGRESS$/.test(stack.StackStatus ?? "")) return stack;
  }
}

export async function create(
  at: StackCloud,
  name: string,
  template: object,
  more: Partial<CreateStackCommandInput> = {},
): Promise<Stack> {
  const { StackId = "" } = await at.cfn.send(
    new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template), ...more }),
  );
  return settled(at, StackId);
}

export async function update(
  at: StackCloud,
  name: string,
  template: object | undefined,
  more: Partial<UpdateStackCommandInput> = {},
): Promise<Stack> {
  const source = template === undefined ? { UsePreviousTemplate: true } : { TemplateBody: JSON.stringify(template) };
  await at.cfn.send(new UpdateStackCommand({ StackName: name, ...source, ...more }));
  return settled(at, name);
}

/** By name or id; the stack as it is afterwards. */
export async function remove(at: StackCloud, name: string): Promise<Stack> {
  const { StackId = name } = await settled(at, name);
  await at.cfn.send(new DeleteStackCommand({ StackName: name }));
  return settled(at, StackId);
}

/** `logical id STATUS reason`, oldest first. */
export async function story({ cfn }: StackCloud, name: string): Promise<string[]> {
  const { StackEvents = [] } = await cfn.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.toReversed().map((event) =>
    [event.LogicalResourceId, event.ResourceStatus, event.ResourceStatusReason].filter((part) => part).join(" "),
  );
}

export function outputsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries((stack.Outputs ?? []).map((output) => [output.OutputKey ?? "", output.OutputValue ?? ""]));
}

export function parametersOf(values: Readonly<Record<string, string>>): {
  ParameterKey: string;
  ParameterValue: string;
}[] {
  return Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

/** `Code status message` of a call that AWS refuses. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode: number } };
    return `${name} ${$metadata?.httpStatusCode ?? ""} ${message}`;
  }
  throw new Error("It was not refused.");
}
