// The app of the examples, a small shop: POST /orders -> a queue -> a row that expires, and a receipt in a bucket.
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { LambdaIntegration, RestApi } from "aws-cdk-lib/aws-apigateway";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import { Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Queue } from "aws-cdk-lib/aws-sqs";

const shop = new Stack(new App(), "Shop");

const orders = new Table(shop, "Orders", {
  partitionKey: { name: "id", type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  timeToLiveAttribute: "expiresAt",
  removalPolicy: RemovalPolicy.DESTROY,
});
const receipts = new Bucket(shop, "Receipts", { removalPolicy: RemovalPolicy.DESTROY });
const failed = new Queue(shop, "Failed");
const placed = new Queue(shop, "Placed", {
  visibilityTimeout: Duration.seconds(30),
  deadLetterQueue: { queue: failed, maxReceiveCount: 3 },
});

function handler(id: string, file: string, environment: Record<string, string>): Function {
  const code = Code.fromAsset(new URL("./handlers", import.meta.url).pathname);
  const timeout = Duration.seconds(5);
  return new Function(shop, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: `${file}.handler`,
    code,
    timeout,
    environment,
  });
}

const place = handler("PlaceOrder", "place-order", { QUEUE: placed.queueUrl });
placed.grantSendMessages(place);

const keep = handler("KeepOrder", "keep-order", { TABLE: orders.tableName, BUCKET: receipts.bucketName });
keep.addEventSource(new SqsEventSource(placed, { batchSize: 1 }));
orders.grant(keep, "dynamodb:PutItem");
receipts.grantPut(keep);

const count = handler("Count", "count", {});

const api = new RestApi(shop, "Api");
api.root.addResource("orders").addMethod("POST", new LambdaIntegration(place));

const outputs = {
  ApiUrl: api.url,
  Orders: orders.tableName,
  Receipts: receipts.bucketName,
  PlacedQueue: placed.queueUrl,
  FailedQueue: failed.queueUrl,
  Count: count.functionName,
  KeepOrder: keep.functionName,
  KeepOrderRole: keep.role?.roleName ?? "",
};
for (const [name, value] of Object.entries(outputs))
  new CfnOutput(shop, `${name}Output`, { value }).overrideLogicalId(name);
