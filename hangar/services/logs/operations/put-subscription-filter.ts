// Sends what is written to a group on to a function. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html

import { parseArn } from "../../../kernel/arn.ts";
import { AwsError, notEmulated } from "../../../kernel/aws-error.ts";
import { compositeKey } from "../../../kernel/table.ts";
import type { PutSubscriptionFilterInput, PutSubscriptionFilterOutput } from "../../../models/logs.d.ts";
import { accessDenied, invalidParameter, limitExceeded } from "../errors.ts";
import { writeToStream, type Destination } from "../engine/write-to-stream.ts";
import { filterPattern } from "../rules/filter-pattern.ts";
import { groupAt, operation, type LogsContext } from "../store.ts";

const FILTERS_OF_A_GROUP = 2;

export const putSubscriptionFilter = operation<PutSubscriptionFilterInput, PutSubscriptionFilterOutput>(
  async (input, context) => {
    const { store, clock, account } = context;
    const { logGroupName, filterName, destinationArn, roleArn } = input;
    if (input.applyOnTransformedLogs === true) throw notEmulated("log transformers (applyOnTransformedLogs)");
    if (input.fieldSelectionCriteria !== undefined) throw notEmulated("fieldSelectionCriteria of subscription filters");
    if (input.emitSystemFields !== undefined) throw notEmulated("emitSystemFields of subscription filters");
    const destination = parseArn(destinationArn);
    if (destination === undefined) throw invalidParameter("destinationArn is not a valid ARN.");
    const vendor = destination.service;
    if (vendor === "lambda" && destination.account !== account) {
      throw accessDenied(
        "Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.",
      );
    }
    if (vendor !== "lambda" && vendor !== "logs" && roleArn === undefined)
      throw invalidParameter(`destinationArn for vendor ${vendor} cannot be used without roleArn`);
    if (vendor !== "lambda" && vendor !== "kinesis")
      throw notEmulated(`subscription filters that deliver to ${vendor}`);
    const group = groupAt(store, logGroupName);
    filterPattern(input.filterPattern);
    const key = compositeKey(logGroupName, filterName);
    const previous = store.subscriptionFilters.get(key);
    const others = [...store.subscriptionFilters.keys({ prefix: compositeKey(logGroupName, "") })].filter(
      (each) => each !== key,
    );
    if (others.length >= FILTERS_OF_A_GROUP) throw limitExceeded();
    if (vendor === "lambda") await checkPermission(context, destinationArn, `${group.arn}:*`);
    else await checkStream(context, { destinationArn, roleArn, sourceArn: `${group.arn}:*` });
    store.subscriptionFilters.put(key, {
      group: logGroupName,
      name: filterName,
      pattern: input.filterPattern,
      destinationArn,
      roleArn,
      distribution: input.distribution ?? "ByLogStream",
      created: previous?.created ?? clock.now(),
    });
    return {};
  },
);

/** AWS writes a message of its own into the stream. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
async function checkStream(context: LogsContext, to: Destination): Promise<void> {
  const message = "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.";
  const timestamp = context.clock.now();
  try {
    await writeToStream(context, to, {
      messageType: "CONTROL_MESSAGE",
      owner: "CloudwatchLogs",
      logGroup: "",
      logStream: "",
      subscriptionFilters: [],
      logEvents: [{ id: "", timestamp, message }],
    });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw invalidParameter(
      "Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state. ",
    );
  }
}

async function checkPermission({ ports, account }: LogsContext, functionArn: string, sourceArn: string): Promise<void> {
  try {
    await ports.api.call(
      "lambda",
      "Invoke",
      { FunctionName: functionArn, InvocationType: "DryRun" },
      { as: { service: "logs.amazonaws.com", sourceArn, sourceAccount: account } },
    );
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw invalidParameter(
      "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
    );
  }
}
