// The unmodified SDK clients, pointed at a world.
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { agent } from "./reach.ts";
import type { Target } from "./target.ts";

export type Credentials = NonNullable<Target["credentials"]>;

export function settings({ endpoint, region, credentials }: Target, as: Credentials | undefined = credentials) {
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint, requestHandler: { httpAgent: agent } }),
    ...(as === undefined ? {} : { credentials: as }),
  };
}

export const s3Client = (target: Target, as?: Credentials) =>
  new S3Client({ ...settings(target, as), forcePathStyle: true });

export function clientsOf(target: Target) {
  const common = settings(target);
  return {
    apiGateway: new APIGatewayClient(common),
    dynamodb: new DynamoDBClient(common),
    lambda: new LambdaClient(common),
    logs: new CloudWatchLogsClient(common),
    s3: s3Client(target),
    secrets: new SecretsManagerClient(common),
    // The queue's URL carries a host that not every machine resolves.
    sqs: new SQSClient({ ...common, useQueueUrlAsEndpoint: target.endpoint === undefined }),
    sts: new STSClient(common),
  };
}

export type Clients = ReturnType<typeof clientsOf>;
