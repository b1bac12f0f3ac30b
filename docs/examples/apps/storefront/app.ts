// A shop as many have it: a site behind a CDN, an HTTP API, a worker on a queue, and a container beside a database in a network.
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Distribution, ViewerProtocolPolicy } from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { ComparisonOperator } from "aws-cdk-lib/aws-cloudwatch";
import { InstanceClass, InstanceSize, InstanceType, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition, LogDrivers } from "aws-cdk-lib/aws-ecs";
import { Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Credentials, DatabaseInstance, DatabaseInstanceEngine, PostgresEngineVersion } from "aws-cdk-lib/aws-rds";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Queue } from "aws-cdk-lib/aws-sqs";

const stack = new Stack(new App(), "Storefront");
const code = Code.fromAsset(new URL("./handlers", import.meta.url).pathname);

const site = new Bucket(stack, "Site", { removalPolicy: RemovalPolicy.DESTROY });
const cdn = new Distribution(stack, "Cdn", {
  defaultRootObject: "index.html",
  defaultBehavior: {
    origin: S3BucketOrigin.withOriginAccessControl(site),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  },
});

const failed = new Queue(stack, "Failed");
const orders = new Queue(stack, "Orders", { deadLetterQueue: { queue: failed, maxReceiveCount: 5 } });
failed.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }).createAlarm(stack, "OrdersFail", {
  threshold: 1,
  evaluationPeriods: 1,
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
});

const order = new Function(stack, "Order", {
  runtime: Runtime.NODEJS_22_X,
  handler: "order.handler",
  code,
  environment: { QUEUE: orders.queueUrl },
});
orders.grantSendMessages(order);
const api = new HttpApi(stack, "Api", {
  corsPreflight: { allowOrigins: ["https://shop.example.com"], allowMethods: [CorsHttpMethod.POST] },
});
api.addRoutes({
  path: "/orders",
  methods: [HttpMethod.POST],
  integration: new HttpLambdaIntegration("OrderIntegration", order),
});

const network = new Vpc(stack, "Network", { maxAzs: 2, natGateways: 1 });
const database = new DatabaseInstance(stack, "Database", {
  engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_16 }),
  instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO),
  vpc: network,
  vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
  credentials: Credentials.fromGeneratedSecret("shop"),
  databaseName: "shop",
  removalPolicy: RemovalPolicy.SNAPSHOT,
});

const ship = new Function(stack, "Ship", {
  runtime: Runtime.NODEJS_22_X,
  handler: "ship.handler",
  code,
  vpc: network,
});
ship.addEventSource(new SqsEventSource(orders));
database.connections.allowDefaultPortFrom(ship);

const task = new FargateTaskDefinition(stack, "ReportTask", { cpu: 256, memoryLimitMiB: 512 });
task.addContainer("Report", {
  image: ContainerImage.fromRegistry("public.ecr.aws/docker/library/postgres:16"),
  logging: LogDrivers.awsLogs({ streamPrefix: "report" }),
});
const reports = new FargateService(stack, "Reports", {
  cluster: new Cluster(stack, "Cluster", { vpc: network }),
  taskDefinition: task,
  desiredCount: 1,
});
database.connections.allowDefaultPortFrom(reports);

for (const [name, value] of Object.entries({ ApiUrl: api.apiEndpoint, Cdn: cdn.distributionDomainName }))
  new CfnOutput(stack, `${name}Output`, { value }).overrideLogicalId(name);
