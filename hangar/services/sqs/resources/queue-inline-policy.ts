// AWS::SQS::QueueInlinePolicy: the policy of one queue.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { setPolicy } from "./queue-policy.ts";

export const queueInlinePolicy: ResourceType = {
  type: "AWS::SQS::QueueInlinePolicy",
  properties: ["PolicyDocument", "Queue"],
  async create(properties, context) {
    const url = properties["Queue"] as string;
    await setPolicy(url, documentOf(properties), context);
    return { id: url, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await setPolicy(state.id, documentOf(properties), context);
    return state;
  },
  async delete(state, _properties, context) {
    await setPolicy(state.id, "", context);
  },
};

function documentOf(properties: Properties): string {
  const document = properties["PolicyDocument"];
  return typeof document === "string" ? document : JSON.stringify(document);
}
