// Tells the topics in NotificationARNs of a stack's events.

import type { Context } from "../../../cloud/operation.ts";
import type { StackEvent, Tables } from "../store.ts";

export async function notify(
  data: { readonly arns: readonly string[]; readonly event: StackEvent },
  context: Context<Tables>,
): Promise<void> {
  const { event } = data;
  const fields: Readonly<Record<string, string>> = {
    StackId: event.stackId,
    Timestamp: new Date(event.at).toISOString(),
    EventId: event.id,
    LogicalResourceId: event.logicalId,
    Namespace: context.account,
    PhysicalResourceId: event.physicalId,
    ResourceProperties: event.properties ?? "null",
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason ?? "",
    ResourceType: event.type,
    StackName: event.stackName,
    ClientRequestToken: event.token ?? "null",
  };
  const message = Object.entries(fields)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
  // Published with the rights of whoever deploys: topics need not know CloudFormation.
  const as = context.store.deployments.get(event.operationId ?? "")?.caller;
  // A topic that refuses does not stop the stack.
  await Promise.allSettled(
    data.arns.map((TopicArn) =>
      context.ports.api.call(
        "sns",
        "Publish",
        { TopicArn, Message: message, Subject: "AWS CloudFormation Notification" },
        { as, account: context.account, region: context.region },
      ),
    ),
  );
}
