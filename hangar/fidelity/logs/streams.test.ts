// Log streams, as they were recorded from AWS (see ../NOTICE).

import { GROUP_ARN, logGroupName, recorded } from "./session.ts";

const T = "TestLogsStreams::test_";
const logStreamName = "recorded-stream";
const stream = { logGroupName, logStreamName };

recorded(import.meta.url, "logs-streams", {
  async [`${T}create_log_stream_duplicate_error`](s) {
    await s.do("CreateLogGroup", { logGroupName });
    await s.do("CreateLogStream", stream);
    await s.is("error-duplicate-log-stream", "CreateLogStream", stream);
  },
  async [`${T}create_and_delete_log_stream`](s) {
    await s.do("CreateLogGroup", { logGroupName });
    await s.do("CreateLogStream", stream);
    await s.is("describe-log-streams-after-create", "DescribeLogStreams", { logGroupName });
  },
  async [`${T}describe_log_streams_with_log_group_identifier`](s) {
    await s.do("CreateLogGroup", { logGroupName });
    await s.do("CreateLogStream", stream);
    const describe = (label: string, input: object) => s.is(label, "DescribeLogStreams", input);
    await describe("describe-streams-identifier-name", { logGroupIdentifier: logGroupName });
    await describe("describe-streams-identifier-arn", { logGroupIdentifier: GROUP_ARN });
    await describe("error-both-name-and-identifier", { logGroupName, logGroupIdentifier: logGroupName });
  },
  async [`${T}log_stream_arn_format`](s) {
    await s.do("CreateLogGroup", { logGroupName });
    await s.do("CreateLogStream", stream);
    await s.is("describe-log-streams-with-arn", "DescribeLogStreams", { logGroupName });
  },
});
