// What the suites of CloudWatch Logs share: refusals, and groups with a stream.

import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "vitest";

export const failure = (code: string, message: string): object => expect.objectContaining({ name: code, message });

export async function stream(logs: CloudWatchLogsClient, group: string, name = "s"): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: name }));
}
