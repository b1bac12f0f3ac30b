// AWS::SNS::TopicPolicy: one policy on several topics.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

export const topicPolicy: ResourceType = {
  type: "AWS::SNS::TopicPolicy",
  properties: ["PolicyDocument", "Topics"],
  async create(properties, context) {
    for (const arn of topicsOf(properties)) await setPolicy(arn, documentOf(properties), context);
    const id = context.physicalName(128);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, previous, context) {
    const wanted = topicsOf(properties);
    for (const arn of topicsOf(previous).filter((each) => !wanted.includes(each))) await setPolicy(arn, "", context);
    for (const arn of wanted) await setPolicy(arn, documentOf(properties), context);
    return state;
  },
  async delete(_state, properties, context) {
    for (const arn of topicsOf(properties)) await setPolicy(arn, "", context);
  },
};

function topicsOf(properties: Properties): readonly string[] {
  return (properties["Topics"] ?? []) as readonly string[];
}

export function documentOf(properties: Properties): string {
  const document = properties["PolicyDocument"];
  return typeof document === "string" ? document : JSON.stringify(document);
}

/** An empty one gives the topic back the policy it was born with. */
export async function setPolicy(TopicArn: string, AttributeValue: string, context: ResourceContext): Promise<void> {
  const set = context.call("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
  // A topic that is gone took its policy along.
  await (AttributeValue === "" ? unlessGone(set, "NotFound") : set);
}
