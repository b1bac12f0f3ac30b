// Takes back what AddPermission gave. https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html

import type { RemovePermissionInput, RemovePermissionOutput } from "../../../../models/sns.d.ts";
import { withoutPermission } from "../../rules/permissions.ts";
import { operation, topicAt } from "../../store.ts";

export const removePermission = operation<RemovePermissionInput, RemovePermissionOutput>((input, context) => {
  const { topic, store } = topicAt(context, input.TopicArn);
  const Policy = withoutPermission(topic.attributes["Policy"] ?? "", input.Label);
  store.topics.put(topic.name, { ...topic, attributes: { ...topic.attributes, Policy } });
  return {};
});
