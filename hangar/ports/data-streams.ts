// What services ask of Kinesis: to read its shards as Lambda does, and to write to it as DynamoDB does.

import type { StreamsPort } from "./streams.ts";

export type DataStreamsPort = StreamsPort & {
  /** Whether there is such a stream. */
  exists(streamArn: string): Promise<boolean>;
  /** Writes records as a service that was given the stream does, in order. */
  put(
    streamArn: string,
    records: readonly { readonly data: Uint8Array; readonly partitionKey: string }[],
  ): Promise<void>;
};
