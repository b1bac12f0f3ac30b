// The CloudFormation type AWS::Kinesis::StreamConsumer: nothing of it changes in place.

import type { ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeStreamConsumerOutput } from "../../../models/kinesis.d.ts";
import { tagsOf } from "../rules/properties.ts";

type Description = DescribeStreamConsumerOutput["ConsumerDescription"];

export const streamConsumer: ResourceType = {
  type: "AWS::Kinesis::StreamConsumer",
  properties: ["ConsumerName", "StreamARN", "Tags"],
  async create(properties, context) {
    const tags = tagsOf(properties, context);
    const { StreamARN, ConsumerName } = properties;
    await context.call("kinesis", "RegisterStreamConsumer", {
      StreamARN,
      ConsumerName,
      ...(Object.keys(tags).length === 0 ? {} : { Tags: tags }),
    });
    const { ConsumerDescription } = (await context.call("kinesis", "DescribeStreamConsumer", {
      StreamARN,
      ConsumerName,
    })) as unknown as DescribeStreamConsumerOutput;
    return stateOf(ConsumerDescription);
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("kinesis", "DeregisterStreamConsumer", { ConsumerARN: state.id }));
  },
  async read(id, context) {
    const found = (await unlessGone(context.call("kinesis", "DescribeStreamConsumer", { ConsumerARN: id }))) as
      | DescribeStreamConsumerOutput
      | undefined;
    return found === undefined ? undefined : stateOf(found.ConsumerDescription).attributes;
  },
};

function stateOf(found: Description): ResourceState {
  return {
    id: found.ConsumerARN,
    attributes: {
      ConsumerARN: found.ConsumerARN,
      ConsumerName: found.ConsumerName,
      ConsumerStatus: found.ConsumerStatus,
      ConsumerCreationTimestamp: String(Math.floor(found.ConsumerCreationTimestamp.getTime() / 1000)),
      StreamARN: found.StreamARN,
    },
  };
}
