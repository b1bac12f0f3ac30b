// The benchmarks' table, made through a client without sockets.

import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ClientConfig } from "../hangar/index.ts";

export async function prepareIn(config: ClientConfig): Promise<void> {
  await new DynamoDBClient(config).send(
    new CreateTableCommand({
      TableName: "bench",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    }),
  );
}
