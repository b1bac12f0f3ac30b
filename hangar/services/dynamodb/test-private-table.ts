// What the suites of access share: a table with an index and a stream, and users with rights on it.

import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import type { RunningCloud } from "../../index.ts";

export const TableName = "Private";

export const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;

/** Gives the ARN of its stream. */
export async function createPrivateTable(root: DynamoDBClient): Promise<string> {
  const { TableDescription } = await root.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "city", AttributeType: "S" },
      ],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byCity",
          KeySchema: [{ AttributeName: "city", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
      Tags: [{ Key: "team", Value: "blue" }],
    }),
  );
  return TableDescription?.LatestStreamArn ?? "";
}

export async function user(cloud: RunningCloud, UserName: string, statement?: object): Promise<DynamoDBClient> {
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName }));
  if (statement !== undefined)
    await iam.send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: "p",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }),
      }),
    );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return new DynamoDBClient({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
}

export const Key = (pk: string) => ({ pk: { S: pk } });

export const denied = { name: "AccessDeniedException" };
