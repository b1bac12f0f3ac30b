// Writes a message of a subscription filter into a Kinesis stream as the filter's role: gzipped, in one record.

import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { parseArn } from "../../../kernel/arn.ts";
import type { LogsContext } from "../store.ts";

export type Destination = {
  readonly destinationArn: string;
  readonly roleArn?: string | undefined;
  readonly sourceArn: string;
  /** Records of one log stream stay together unless the filter says `Random`. */
  readonly logStream?: string | undefined;
};

export async function writeToStream(
  { ports, ids }: LogsContext,
  { destinationArn, roleArn = "", sourceArn, logStream }: Destination,
  message: object,
): Promise<void> {
  const { account, region } = parseArn(destinationArn) ?? {};
  const as = ports.access.roleCaller(roleArn, "logs.amazonaws.com", "CloudWatchLogs", sourceArn);
  const input = {
    StreamARN: destinationArn,
    Data: gzipSync(JSON.stringify(message)),
    PartitionKey: logStream === undefined ? ids.uuid() : createHash("md5").update(logStream).digest("hex"),
  };
  await ports.api.call("kinesis", "PutRecord", input, { as, account, region });
}
