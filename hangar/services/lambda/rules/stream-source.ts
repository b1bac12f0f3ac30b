// Who has a mapping's stream: DynamoDB for its tables, or Kinesis.

import { parseArn } from "../../../kernel/arn.ts";
import type { StreamsPort } from "../../../ports/streams.ts";
import type { LambdaContext, MappingRow } from "../store.ts";

export function isKinesis(arn: string): boolean {
  return parseArn(arn)?.service === "kinesis";
}

export function streamsOf({ ports }: LambdaContext, arn: string): StreamsPort {
  return isKinesis(arn) ? ports.dataStreams : ports.streams;
}

/** Where shards are read from that have no place of their own yet. */
export function startOf({ StartingPosition, startingAt }: MappingRow): "TRIM_HORIZON" | { readonly timestamp: number } {
  return StartingPosition === "AT_TIMESTAMP" && startingAt !== undefined ? { timestamp: startingAt } : "TRIM_HORIZON";
}
