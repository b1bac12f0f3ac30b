// Kinesis Data Streams: streams of records in shards, read by iterators, subscriptions and Lambda.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { operations } from "./contents/operations.ts";
import { dataStreamsPort, deliver } from "./port.ts";
import { resourcePolicy } from "./resources/resource-policy.ts";
import { streamConsumer } from "./resources/stream-consumer.ts";
import { stream } from "./resources/stream.ts";
import { tables, type Tables } from "./store.ts";
import { trimRecords } from "./workers/trim-records.ts";

export const service = defineService<Tables>({
  name: "kinesis",
  tables,
  operations,
  access,
  workers: { "trim-records": trimRecords },
  resources: [stream, streamConsumer, resourcePolicy],
  provides: { dataStreams: dataStreamsPort },
  accepts: { arnService: "kinesis", deliver },
});
