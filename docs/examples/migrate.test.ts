// What other ways of testing become here; shown on the pages of docs/migrate.
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { startCloud } from "hangar";
import { expect, test } from "hangar/vitest";

// docs: invoke
test("the handler keeps the order of its event", async ({ stack, aws, cloud }) => {
  const SentTimestamp = String(await cloud.clock.now());
  const event = { Records: [{ body: '{"id":"7","item":"kite"}', attributes: { SentTimestamp } }] };

  const { FunctionError } = await aws.lambda.invoke({
    FunctionName: stack.outputs.KeepOrder,
    Payload: JSON.stringify(event),
  });

  expect(FunctionError).toBe(undefined);
  const { Item } = await aws.dynamodb.getItem({ TableName: stack.outputs.Orders, Key: { id: { S: "7" } } });
  expect(Item).toMatchObject({ id: { S: "7" }, item: { S: "kite" } });
});

// docs: invoke-fails
test("without a receipt the order fails", async ({ stack, aws, cloud }) => {
  await cloud.faults.next("s3:PutObject", "SlowDown");
  const SentTimestamp = String(await cloud.clock.now());
  const event = { Records: [{ body: '{"id":"7","item":"kite"}', attributes: { SentTimestamp } }] };
  const { FunctionError, Payload } = await aws.lambda.invoke({
    FunctionName: stack.outputs.KeepOrder,
    Payload: JSON.stringify(event),
  });
  expect(FunctionError).toBe("Unhandled");
  expect(JSON.parse(String(Payload?.transformToString()))).toMatchObject({ errorType: "SlowDown" });
});

// docs: one-table
test("a table, and nothing else", async () => {
  await using cloud = await startCloud({ listen: false });
  const dynamodb = new DynamoDB(cloud.clientConfig());
  await dynamodb.createTable({
    TableName: "orders",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  });
  await cloud.settle();
  await dynamodb.putItem({ TableName: "orders", Item: { id: { S: "7" } } });
  expect((await dynamodb.scan({ TableName: "orders" })).Count).toBe(1);
});

// docs: localstack-health
test("what asks LocalStack whether it is ready gets its answer here", async ({ cloud }) => {
  const health = await fetch(`${cloud.endpoint}/_localstack/health`);
  expect(await health.json()).toMatchObject({ services: { s3: "running", sqs: "running" } });
  const init = await fetch(`${cloud.endpoint}/_localstack/init/ready`);
  expect(await init.json()).toMatchObject({ completed: true });
});

// docs: localstack-reset
test("LocalStack's reset leads back to the deployed app, of this test's world", async ({ stack, aws, cloud }) => {
  const TableName = stack.outputs.Orders;
  await aws.dynamodb.putItem({ TableName, Item: { id: { S: "7" } } });
  await fetch(`${cloud.endpoint}/_localstack/state/reset`, { method: "POST" });
  expect((await aws.dynamodb.scan({ TableName })).Count).toBe(0);
});
