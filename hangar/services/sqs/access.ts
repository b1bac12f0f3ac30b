// What each operation of SQS needs: on a queue, its own policy speaks too.

import type { AccessRule } from "../../cloud/service.ts";
import { parseArn } from "../../kernel/arn.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { parseQueueUrl } from "./rules/queue-url.ts";
import type { SqsContext, tables } from "./store.ts";

type Rule = AccessRule<typeof tables>;

export const access: Readonly<Record<string, Rule>> = {
  AddPermission: onQueue("AddPermission"),
  CancelMessageMoveTask: (input: { readonly TaskHandle: string }, context) => {
    const sourceArn = /"sourceArn":"([^"]*)"/.exec(Buffer.from(input.TaskHandle, "base64").toString("utf8"))?.[1] ?? "";
    return [needOfArn("CancelMessageMoveTask", sourceArn, context)];
  },
  ChangeMessageVisibility: onQueue("ChangeMessageVisibility"),
  ChangeMessageVisibilityBatch: onQueue("ChangeMessageVisibility"),
  CreateQueue: (input: { readonly QueueName: string }, context) => [
    need("CreateQueue", context.account, input.QueueName, context),
  ],
  DeleteMessage: onQueue("DeleteMessage"),
  DeleteMessageBatch: onQueue("DeleteMessage"),
  DeleteQueue: onQueue("DeleteQueue"),
  GetQueueAttributes: onQueue("GetQueueAttributes"),
  GetQueueUrl: (input: { readonly QueueName: string; readonly QueueOwnerAWSAccountId?: string }, context) => [
    need("GetQueueUrl", input.QueueOwnerAWSAccountId ?? context.account, input.QueueName, context),
  ],
  ListDeadLetterSourceQueues: onQueue("ListDeadLetterSourceQueues"),
  ListMessageMoveTasks: onSource("ListMessageMoveTasks"),
  ListQueueTags: onQueue("ListQueueTags"),
  ListQueues: () => [{ action: "sqs:ListQueues", resource: "*" }],
  PurgeQueue: onQueue("PurgeQueue"),
  ReceiveMessage: onQueue("ReceiveMessage"),
  RemovePermission: onQueue("RemovePermission"),
  SendMessage: onQueue("SendMessage"),
  SendMessageBatch: onQueue("SendMessage"),
  SetQueueAttributes: onQueue("SetQueueAttributes"),
  StartMessageMoveTask: onSource("StartMessageMoveTask"),
  TagQueue: onQueue("TagQueue"),
  UntagQueue: onQueue("UntagQueue"),
};

function onQueue(action: string): Rule {
  return (input: { readonly QueueUrl: string }, context) => {
    const { account, name } = parseQueueUrl(input.QueueUrl, context.account);
    const needed = need(action, account, name, context);
    // A service has rights by a queue's policy alone: of a queue that is not there it is told so.
    return context.caller.kind === "service" && !isThere(account, name, context) ? [] : [needed];
  };
}

function onSource(action: string): Rule {
  return (input: { readonly SourceArn: string }, context) => [needOfArn(action, input.SourceArn, context)];
}

function needOfArn(action: string, arn: string, context: SqsContext): AccessNeed {
  const parsed = parseArn(arn);
  return parsed === undefined
    ? { action: `sqs:${action}`, resource: "*" }
    : need(action, parsed.account, parsed.resource, context);
}

function storeOf(account: string, context: SqsContext): SqsContext["store"] {
  return account === context.account ? context.store : context.storeAt(account, context.region);
}

function isThere(account: string, name: string, context: SqsContext): boolean {
  return storeOf(account, context).queues.has(name);
}

function need(action: string, account: string, name: string, context: SqsContext): AccessNeed {
  const queue = storeOf(account, context).queues.get(name);
  if (queue === undefined)
    return { action: `sqs:${action}`, resource: `arn:aws:sqs:${context.region}:${account}:${name}`, owner: account };
  return { action: `sqs:${action}`, resource: queue.arn, policy: queue.attributes["Policy"], owner: account };
}
