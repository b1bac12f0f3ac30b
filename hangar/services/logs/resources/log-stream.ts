// The CloudFormation type AWS::Logs::LogStream.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeLogStreamsOutput } from "../../../models/logs.d.ts";

export const logStream: ResourceType = {
  type: "AWS::Logs::LogStream",
  properties: ["LogGroupName", "LogStreamName"],
  async create(properties, context) {
    const name = (properties["LogStreamName"] as string | undefined) ?? context.physicalName(512);
    await context.call("logs", "CreateLogStream", { logGroupName: properties["LogGroupName"], logStreamName: name });
    return { id: name, attributes: {} };
  },
  async delete(state, properties, context) {
    await unlessGone(
      context.call("logs", "DeleteLogStream", {
        logGroupName: properties["LogGroupName"],
        logStreamName: state.id,
      }),
    );
  },
  async read(id, context) {
    const [logGroupName = "", logStreamNamePrefix = ""] = id.split("|");
    const { logStreams = [] } = (await context.call("logs", "DescribeLogStreams", {
      logGroupName,
      logStreamNamePrefix,
    })) as DescribeLogStreamsOutput;
    return logStreams.some((stream) => stream.logStreamName === logStreamNamePrefix)
      ? { LogGroupName: logGroupName, LogStreamName: logStreamNamePrefix }
      : undefined;
  },
};
