// Pictures that come in are catalogued: bucket -> queue -> function -> topic, with a nightly report, all by events.
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { BlockPublicAccess, Bucket, EventType } from "aws-cdk-lib/aws-s3";
import { SqsDestination } from "aws-cdk-lib/aws-s3-notifications";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue } from "aws-cdk-lib/aws-sqs";

const stack = new Stack(new App(), "PictureEvents");
const code = Code.fromAsset(new URL("./handlers", import.meta.url).pathname);

const pictures = new Bucket(stack, "Pictures", {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
  lifecycleRules: [{ prefix: "drafts/", expiration: Duration.days(30) }],
});

const lost = new Queue(stack, "Lost", { retentionPeriod: Duration.days(14) });
const incoming = new Queue(stack, "Incoming", {
  visibilityTimeout: Duration.minutes(1),
  deadLetterQueue: { queue: lost, maxReceiveCount: 3 },
});
pictures.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(incoming), { suffix: ".jpg" });

const catalogue = new Table(stack, "Catalogue", {
  partitionKey: { name: "key", type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.RETAIN,
});
const news = new Topic(stack, "News");
const readers = new Queue(stack, "Readers");
news.addSubscription(new SqsSubscription(readers, { rawMessageDelivery: true }));

const enter = new Function(stack, "Enter", {
  runtime: Runtime.NODEJS_22_X,
  handler: "enter.handler",
  code,
  timeout: Duration.seconds(10),
  environment: { TABLE: catalogue.tableName, TOPIC: news.topicArn },
});
enter.addEventSource(new SqsEventSource(incoming, { batchSize: 5, reportBatchItemFailures: true }));
catalogue.grantWriteData(enter);
news.grantPublish(enter);

const report = new Function(stack, "Report", {
  runtime: Runtime.NODEJS_22_X,
  handler: "report.handler",
  code,
  environment: { TABLE: catalogue.tableName, BUCKET: pictures.bucketName },
});
catalogue.grantReadData(report);
pictures.grantPut(report, "reports/*");
new Rule(stack, "Nightly", {
  schedule: Schedule.cron({ minute: "0", hour: "2" }),
  targets: [new LambdaFunction(report, { retryAttempts: 2, deadLetterQueue: lost })],
});

for (const [name, value] of Object.entries({ Pictures: pictures.bucketName, Readers: readers.queueUrl }))
  new CfnOutput(stack, `${name}Output`, { value }).overrideLogicalId(name);
