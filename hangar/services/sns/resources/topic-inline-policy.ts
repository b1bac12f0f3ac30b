// AWS::SNS::TopicInlinePolicy: the policy of one topic.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { GetTopicAttributesOutput } from "../../../models/sns.d.ts";
import { documentOf, setPolicy } from "./topic-policy.ts";

export const topicInlinePolicy: ResourceType = {
  type: "AWS::SNS::TopicInlinePolicy",
  properties: ["PolicyDocument", "TopicArn"],
  async create(properties, context) {
    const arn = properties["TopicArn"] as string;
    await setPolicy(arn, documentOf(properties), context);
    return { id: arn, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await setPolicy(state.id, documentOf(properties), context);
    return state;
  },
  async delete(state, _properties, context) {
    await setPolicy(state.id, "", context);
  },
  async read(id, context) {
    const asked = context.call("sns", "GetTopicAttributes", { TopicArn: id });
    const found = (await unlessGone(asked, "NotFound")) as GetTopicAttributesOutput | undefined;
    return found && { TopicArn: id, PolicyDocument: JSON.parse(found.Attributes?.["Policy"] ?? "{}") as object };
  },
};
