// Subscription and metric filters, and the account's policies, through the SDK client.

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteMetricFilterCommand,
  DeleteResourcePolicyCommand,
  DeleteSubscriptionFilterCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  DescribeSubscriptionFiltersCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  PutSubscriptionFilterCommand,
  TestMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { failure, stream } from "./test-streams.ts";

let cloud: RunningCloud;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "logs" });
  logs = new CloudWatchLogsClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("filters and policies", () => {
  test("a subscription needs a destination that may be called", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "subscribed" }));
    const put = (destinationArn: string): Promise<unknown> =>
      logs.send(
        new PutSubscriptionFilterCommand({
          logGroupName: "subscribed",
          filterName: "f",
          filterPattern: "",
          destinationArn,
        }),
      );
    await expect(put("arn:aws:kinesis:us-east-1:000000000000:stream/x")).rejects.toEqual(
      failure("InvalidParameterException", "destinationArn for vendor kinesis cannot be used without roleArn"),
    );
    await expect(put("arn:aws:lambda:us-east-1:111111111111:function:x")).rejects.toEqual(
      failure(
        "AccessDeniedException",
        "Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.",
      ),
    );
    expect(
      (await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: "subscribed" }))).subscriptionFilters,
    ).toEqual([]);
    await expect(
      logs.send(new DeleteSubscriptionFilterCommand({ logGroupName: "subscribed", filterName: "f" })),
    ).rejects.toEqual(failure("ResourceNotFoundException", "The specified subscription filter does not exist."));
  });

  test("a metric filter is kept until it is deleted", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "metrics" }));
    const metricTransformations = [{ metricName: "m", metricNamespace: "n", metricValue: "1", defaultValue: 0 }];
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: "metrics",
        filterName: "f",
        filterPattern: '{$.message = "test"}',
        metricTransformations,
      }),
    );
    expect(
      (await logs.send(new DescribeMetricFiltersCommand({ metricName: "m", metricNamespace: "n" }))).metricFilters,
    ).toEqual([
      {
        applyOnTransformedLogs: false,
        creationTime: expect.any(Number),
        filterName: "f",
        filterPattern: '{$.message = "test"}',
        logGroupName: "metrics",
        metricTransformations,
      },
    ]);
    await logs.send(new DeleteMetricFilterCommand({ logGroupName: "metrics", filterName: "f" }));
    expect((await logs.send(new DescribeMetricFiltersCommand({ logGroupName: "metrics" }))).metricFilters).toEqual([]);
  });

  test("filters and policies are listed in pages", async () => {
    await stream(logs, "paged");
    for (const filterName of ["a", "b", "c"])
      await logs.send(
        new PutMetricFilterCommand({
          logGroupName: "paged",
          filterName,
          filterPattern: "",
          metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1" }],
        }),
      );
    const page = async (nextToken?: string) => {
      const { metricFilters = [], ...rest } = await logs.send(
        new DescribeMetricFiltersCommand({ logGroupName: "paged", limit: 2, nextToken }),
      );
      return { names: metricFilters.map((each) => each.filterName), nextToken: rest.nextToken };
    };
    const first = await page();
    expect(first).toEqual({ names: ["a", "b"], nextToken: expect.any(String) });
    expect(await page(first.nextToken)).toEqual({ names: ["c"], nextToken: undefined });
  });

  test("a search for groups by pattern does not tell their sizes", async () => {
    await stream(logs, "needle-in-names");
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: "NEEDLE-in" }));
    expect(logGroups).toEqual([
      {
        logGroupName: "needle-in-names",
        creationTime: expect.any(Number),
        metricFilterCount: 0,
        arn: "arn:aws:logs:us-east-1:000000000000:log-group:needle-in-names:*",
        logGroupClass: "STANDARD",
        logGroupArn: "arn:aws:logs:us-east-1:000000000000:log-group:needle-in-names",
      },
    ]);
  });

  test("a pattern is tried on messages", async () => {
    const logEventMessages = [
      '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /a" 200 1534',
      '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /b" 500 5324',
    ];
    const { matches } = await logs.send(
      new TestMetricFilterCommand({
        filterPattern: "[ip, id, user, time, request, status = 5*, size]",
        logEventMessages,
      }),
    );
    expect(matches).toEqual([
      {
        eventNumber: 2,
        eventMessage: logEventMessages[1],
        extractedValues: {
          $ip: "127.0.0.1",
          $id: "-",
          $user: "frank",
          $time: "10/Oct/2000:13:35:22 -0700",
          $request: "GET /b",
          $status: "500",
          $size: "5324",
        },
      },
    ]);
  });

  test("an account has at most ten resource policies", async () => {
    const policyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "logs:PutLogEvents", Resource: "*" },
      ],
    });
    for (let number = 0; number < 10; number += 1)
      await logs.send(new PutResourcePolicyCommand({ policyName: `p${number}`, policyDocument }));
    await expect(logs.send(new PutResourcePolicyCommand({ policyName: "p10", policyDocument }))).rejects.toEqual(
      failure("LimitExceededException", "Resource limit exceeded."),
    );
    const { resourcePolicies } = await logs.send(new DescribeResourcePoliciesCommand({}));
    expect(resourcePolicies?.[0]).toEqual({
      policyName: "p0",
      policyDocument,
      lastUpdatedTime: expect.any(Number),
      policyScope: "ACCOUNT",
    });
    for (let number = 0; number < 10; number += 1)
      await logs.send(new DeleteResourcePolicyCommand({ policyName: `p${number}` }));
    await expect(logs.send(new DeleteResourcePolicyCommand({ policyName: "p0" }))).rejects.toEqual(
      failure("ResourceNotFoundException", "Policy with name [p0] does not exist."),
    );
  });
});
