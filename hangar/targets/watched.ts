// Where the work of deployed stacks may still wait: queues that functions consume, and the functions' logs.

import type { ApiCall } from "./sdk-call.ts";
import type { Watched } from "./target.ts";

type Resource = { readonly ResourceType: string; readonly PhysicalResourceId?: string };

export async function watchedIn(call: ApiCall, stackNames: readonly string[]): Promise<Watched> {
  const resources = (await Promise.all(stackNames.map((stackName) => resourcesOf(call, stackName)))).flat();
  const idsOf = (type: string): readonly string[] =>
    resources.flatMap(({ ResourceType, PhysicalResourceId }) =>
      ResourceType === type && PhysicalResourceId !== undefined ? [PhysicalResourceId] : [],
    );
  const logGroups = await Promise.all(idsOf("AWS::Lambda::Function").map((name) => logGroupOf(call, name)));
  const queues = await Promise.all(idsOf("AWS::Lambda::EventSourceMapping").map((id) => queueOf(call, id)));
  return { queues: [...new Set(queues.flat())], logGroups: [...new Set(logGroups)] };
}

async function resourcesOf(call: ApiCall, StackName: string): Promise<readonly Resource[]> {
  const { StackResources } = await call("cloudformation", "DescribeStackResources", { StackName });
  return (StackResources ?? []) as readonly Resource[];
}

async function logGroupOf(call: ApiCall, FunctionName: string): Promise<string> {
  const { LoggingConfig } = await call("lambda", "GetFunctionConfiguration", { FunctionName });
  return (LoggingConfig as { readonly LogGroup?: string } | undefined)?.LogGroup ?? `/aws/lambda/${FunctionName}`;
}

/** None for the mapping of a stream, or for one that is switched off. */
async function queueOf(call: ApiCall, UUID: string): Promise<readonly string[]> {
  const { EventSourceArn, State } = await call("lambda", "GetEventSourceMapping", { UUID });
  const [, , service, , QueueOwnerAWSAccountId, QueueName] = String(EventSourceArn).split(":");
  if (service !== "sqs" || State === "Disabled") return [];
  const { QueueUrl } = await call("sqs", "GetQueueUrl", { QueueName, QueueOwnerAWSAccountId });
  return [String(QueueUrl)];
}
