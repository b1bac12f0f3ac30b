// ARNs taken apart and put together again.

import { expect, test } from "vitest";
import { formatArn, parseArn } from "./arn.ts";

test.each([
  ["arn:aws:sqs:us-east-1:000000000000:jobs", ["aws", "sqs", "us-east-1", "000000000000", "jobs"]],
  ["arn:aws:s3:::bucket/a:b/c", ["aws", "s3", "", "", "bucket/a:b/c"]],
  ["arn:aws-cn:iam::1:role/x", ["aws-cn", "iam", "", "1", "role/x"]],
  ["arn:aws:lambda:eu-west-1:1:function:f:live", ["aws", "lambda", "eu-west-1", "1", "function:f:live"]],
])("%s", (text, [partition, service, region, account, resource]) => {
  const arn = parseArn(text);
  expect(arn).toEqual({ partition, service, region, account, resource });
  expect(arn === undefined ? "" : formatArn(arn)).toBe(text);
});

test.each(["", "arn", "arn:aws:sqs:us-east-1:000000000000", "https://arn:aws:sqs:a:b:c", "jobs"])(
  "%j is no ARN",
  (text) => expect(parseArn(text)).toBeUndefined(),
);

test("the partition is aws unless it is said", () => {
  expect(formatArn({ service: "s3", region: "", account: "", resource: "b" })).toBe("arn:aws:s3:::b");
});
