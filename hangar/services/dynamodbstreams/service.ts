// DynamoDB Streams: what it has, at a glance.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { describeStream } from "./operations/describe-stream.ts";
import { getRecords } from "./operations/get-records.ts";
import { getShardIterator } from "./operations/get-shard-iterator.ts";
import { listStreams } from "./operations/list-streams.ts";
import { tables } from "./store.ts";

export const service = defineService({
  name: "dynamodbstreams",
  tables,
  operations: {
    DescribeStream: describeStream,
    GetRecords: getRecords,
    GetShardIterator: getShardIterator,
    ListStreams: listStreams,
  },
  access,
});
