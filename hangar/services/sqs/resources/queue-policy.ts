// AWS::SQS::QueuePolicy: one policy on several queues.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

export const queuePolicy: ResourceType = {
  type: "AWS::SQS::QueuePolicy",
  properties: ["PolicyDocument", "Queues"],
  async create(properties, context) {
    for (const url of queuesOf(properties)) await setPolicy(url, documentOf(properties), context);
    const id = context.physicalName(128);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, previous, context) {
    const wanted = queuesOf(properties);
    for (const url of queuesOf(previous).filter((each) => !wanted.includes(each))) await setPolicy(url, "", context);
    for (const url of wanted) await setPolicy(url, documentOf(properties), context);
    return state;
  },
  async delete(_state, properties, context) {
    for (const url of queuesOf(properties)) await setPolicy(url, "", context);
  },
};

function queuesOf(properties: Properties): readonly string[] {
  return (properties["Queues"] as readonly string[] | undefined) ?? [];
}

function documentOf(properties: Properties): string {
  const document = properties["PolicyDocument"];
  return typeof document === "string" ? document : JSON.stringify(document);
}

export async function setPolicy(QueueUrl: string, Policy: string, context: ResourceContext): Promise<void> {
  const set = context.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
  // A queue that is gone took its policy along.
  await (Policy === "" ? unlessGone(set, "QueueDoesNotExist") : set);
}
