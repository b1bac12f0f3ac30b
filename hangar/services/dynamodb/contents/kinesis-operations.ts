// DynamoDB's operations on Kinesis streaming destinations.

import { describeKinesisStreamingDestination } from "../operations/describe-kinesis-streaming-destination.ts";
import { disableKinesisStreamingDestination } from "../operations/disable-kinesis-streaming-destination.ts";
import { enableKinesisStreamingDestination } from "../operations/enable-kinesis-streaming-destination.ts";
import { updateKinesisStreamingDestination } from "../operations/update-kinesis-streaming-destination.ts";

export const kinesisOperations = {
  DescribeKinesisStreamingDestination: describeKinesisStreamingDestination,
  DisableKinesisStreamingDestination: disableKinesisStreamingDestination,
  EnableKinesisStreamingDestination: enableKinesisStreamingDestination,
  UpdateKinesisStreamingDestination: updateKinesisStreamingDestination,
};
