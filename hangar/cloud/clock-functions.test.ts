// What calls functions later does so on the world's clock: retries, throttles, streams that fail, secrets that rotate.

import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, run, startLambdaCloud, type LambdaCloud } from "../services/lambda/engine/test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("clock-functions");
  at.cloud.clock.hold();
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const fails = { "index.js": "exports.handler = async () => { throw new Error('no') }" };

/** Seconds since `start` at which a function was invoked. */
function invocations(name: string, start: number): number[] {
  return at.cloud.trace
    .spans()
    .filter((span) => span.kind === "invocation" && span.name.startsWith(`${name}:`))
    .map((span) => (span.at - start) / 1000);
}

/** A queue that functions tell of what they gave up, and how to read the conditions it was told. */
async function lost(name: string): Promise<{ readonly arn: string; readonly conditions: () => Promise<string[]> }> {
  const sqs = new SQSClient(at.cloud.clientConfig());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const conditions = async (): Promise<string[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body = "" }) => {
      const { requestContext } = JSON.parse(Body) as { readonly requestContext: { readonly condition: string } };
      return requestContext.condition;
    });
  };
  return { arn: `arn:aws:sqs:us-east-1:000000000000:${name}`, conditions };
}

test("an event whose next try would be past its age is given up", async () => {
  const { arn, conditions } = await lost("too-old");
  await makeFunction(at, "old", fails);
  await at.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: "old",
      MaximumEventAgeInSeconds: 100,
      DestinationConfig: { OnFailure: { Destination: arn } },
    }),
  );
  const start = at.cloud.clock.now();
  await run(at, "old", {}, { InvocationType: "Event" });
  await at.cloud.clock.advance("1 hour");
  expect(invocations("old", start)).toEqual([0, 60]);
  expect(await conditions()).toEqual(["EventAgeExceeded"]);
});

test("an event that finds no free place is tried ever more seldom", async () => {
  await makeFunction(
    at,
    "narrow",
    { "index.js": "exports.handler = () => new Promise((done) => setTimeout(done, 300))" },
    { Timeout: 30 },
  );
  await at.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "narrow", ReservedConcurrentExecutions: 1 }));
  const start = at.cloud.clock.now();
  await Promise.all([1, 2, 3].map(() => run(at, "narrow", {}, { InvocationType: "Event" })));
  await at.cloud.clock.advance("10 minutes");
  expect(invocations("narrow", start)).toEqual([0, 1, 3]);
});

test("a stream's batch that fails is tried after pauses that double, until it has been tried enough", async () => {
  const dynamodb = new DynamoDBClient(at.cloud.clientConfig());
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName: "things",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    }),
  );
  await makeFunction(at, "reader", fails);
  await at.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "reader",
      EventSourceArn: TableDescription?.LatestStreamArn,
      StartingPosition: "TRIM_HORIZON",
      MaximumRetryAttempts: 4,
    }),
  );
  await at.cloud.settle();
  const start = at.cloud.clock.now();
  await dynamodb.send(new PutItemCommand({ TableName: "things", Item: { id: { S: "1" } } }));
  await at.cloud.clock.advance("1 hour");
  expect(invocations("reader", start)).toEqual([0, 1, 3, 7, 15]);
});

test("a secret rotates each time its days are over", async () => {
  const rotate = `import { SecretsManager } from "@aws-sdk/client-secrets-manager";
const secrets = new SecretsManager({});
export const handler = async ({ Step, SecretId, ClientRequestToken }) => {
  if (Step === "createSecret") {
    const { SecretString } = await secrets.getSecretValue({ SecretId });
    const next = { SecretId, ClientRequestToken, SecretString: String(Number(SecretString) + 1), VersionStages: ["AWSPENDING"] };
    await secrets.putSecretValue(next);
  }
  if (Step === "finishSecret") {
    const { VersionId } = await secrets.getSecretValue({ SecretId });
    const move = { VersionStage: "AWSCURRENT", MoveToVersionId: ClientRequestToken, RemoveFromVersionId: VersionId };
    await secrets.updateSecretVersionStage({ SecretId, ...move });
  }
};`;
  await makeFunction(at, "rotate", { "index.mjs": rotate }, { Timeout: 30 });
  await at.lambda.send(
    new AddPermissionCommand({
      FunctionName: "rotate",
      StatementId: "secrets",
      Action: "lambda:InvokeFunction",
      Principal: "secretsmanager.amazonaws.com",
    }),
  );
  const secrets = new SecretsManager(at.cloud.clientConfig());
  await secrets.createSecret({ Name: "counted", SecretString: "0" });
  await secrets.rotateSecret({
    SecretId: "counted",
    RotationLambdaARN: "arn:aws:lambda:us-east-1:000000000000:function:rotate",
    RotationRules: { AutomaticallyAfterDays: 10 },
    RotateImmediately: false,
  });
  const value = async (): Promise<string | undefined> =>
    (await secrets.getSecretValue({ SecretId: "counted" })).SecretString;
  await at.cloud.clock.advance("9 days");
  expect(await value()).toBe("0");
  await at.cloud.clock.advance("2 days");
  expect(await value()).toBe("1");
  await at.cloud.clock.advance("20 days");
  expect(await value()).toBe("3");
});
