// Lets other accounts use a topic. https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html

import type { AddPermissionInput, AddPermissionOutput } from "../../../../models/sns.d.ts";
import { withPermission } from "../../rules/permissions.ts";
import { operation, topicAt } from "../../store.ts";

export const addPermission = operation<AddPermissionInput, AddPermissionOutput>((input, context) => {
  const { topic, store } = topicAt(context, input.TopicArn);
  const permission = { label: input.Label, accounts: input.AWSAccountId, actions: input.ActionName };
  const Policy = withPermission(topic.attributes["Policy"] ?? "", permission, topic.arn);
  store.topics.put(topic.name, { ...topic, attributes: { ...topic.attributes, Policy } });
  return {};
});
