// The AWS SDK's clients that a test may ask for, by AWS's short name of the service: types only, from the packages that are installed.

/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ACM } from "@aws-sdk/client-acm";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { APIGateway } from "@aws-sdk/client-api-gateway";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ApiGatewayManagementApi } from "@aws-sdk/client-apigatewaymanagementapi";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ApplicationAutoScaling } from "@aws-sdk/client-application-auto-scaling";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Athena } from "@aws-sdk/client-athena";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { AutoScaling } from "@aws-sdk/client-auto-scaling";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { CloudControl } from "@aws-sdk/client-cloudcontrol";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { CloudFormation } from "@aws-sdk/client-cloudformation";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { CloudFront } from "@aws-sdk/client-cloudfront";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { CloudTrail } from "@aws-sdk/client-cloudtrail";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { CognitoIdentity } from "@aws-sdk/client-cognito-identity";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { DynamoDB } from "@aws-sdk/client-dynamodb";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { DynamoDBStreams } from "@aws-sdk/client-dynamodb-streams";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { EC2 } from "@aws-sdk/client-ec2";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ECR } from "@aws-sdk/client-ecr";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ECS } from "@aws-sdk/client-ecs";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ElastiCache } from "@aws-sdk/client-elasticache";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { EMR } from "@aws-sdk/client-emr";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { EventBridge } from "@aws-sdk/client-eventbridge";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Firehose } from "@aws-sdk/client-firehose";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Glue } from "@aws-sdk/client-glue";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { IAM } from "@aws-sdk/client-iam";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Kinesis } from "@aws-sdk/client-kinesis";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { KMS } from "@aws-sdk/client-kms";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Lambda } from "@aws-sdk/client-lambda";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Pipes } from "@aws-sdk/client-pipes";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { RDS } from "@aws-sdk/client-rds";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { RDSData } from "@aws-sdk/client-rds-data";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Redshift } from "@aws-sdk/client-redshift";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { RedshiftData } from "@aws-sdk/client-redshift-data";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Route53 } from "@aws-sdk/client-route-53";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { S3 } from "@aws-sdk/client-s3";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { S3Control } from "@aws-sdk/client-s3-control";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { SageMaker } from "@aws-sdk/client-sagemaker";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { SageMakerRuntime } from "@aws-sdk/client-sagemaker-runtime";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { Scheduler } from "@aws-sdk/client-scheduler";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { SNS } from "@aws-sdk/client-sns";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { SQS } from "@aws-sdk/client-sqs";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { SSM } from "@aws-sdk/client-ssm";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { SFN } from "@aws-sdk/client-sfn";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { STS } from "@aws-sdk/client-sts";
/** @ts-ignore: a package that is not installed leaves its client untyped */
import type { XRay } from "@aws-sdk/client-xray";

/** Each client is made when it is first asked for, from the package that this project has installed. */
export type Aws = {
  readonly acm: ACM;
  readonly apigateway: APIGateway;
  readonly apigatewaymanagementapi: ApiGatewayManagementApi;
  readonly apigatewayv2: ApiGatewayV2;
  readonly applicationAutoscaling: ApplicationAutoScaling;
  readonly athena: Athena;
  readonly autoscaling: AutoScaling;
  readonly cloudcontrol: CloudControl;
  readonly cloudformation: CloudFormation;
  readonly cloudfront: CloudFront;
  readonly cloudtrail: CloudTrail;
  readonly cloudwatch: CloudWatch;
  readonly cognitoIdentity: CognitoIdentity;
  readonly cognitoIdp: CognitoIdentityProvider;
  readonly dynamodb: DynamoDB;
  readonly dynamodbstreams: DynamoDBStreams;
  readonly ec2: EC2;
  readonly ecr: ECR;
  readonly ecs: ECS;
  readonly elasticache: ElastiCache;
  readonly elbv2: ElasticLoadBalancingV2;
  readonly emr: EMR;
  readonly events: EventBridge;
  readonly firehose: Firehose;
  readonly glue: Glue;
  readonly iam: IAM;
  readonly kinesis: Kinesis;
  readonly kms: KMS;
  readonly lambda: Lambda;
  readonly logs: CloudWatchLogs;
  readonly pipes: Pipes;
  readonly rds: RDS;
  readonly rdsData: RDSData;
  readonly redshift: Redshift;
  readonly redshiftData: RedshiftData;
  readonly resourcegroupstaggingapi: ResourceGroupsTaggingAPI;
  readonly route53: Route53;
  readonly s3: S3;
  readonly s3control: S3Control;
  readonly sagemaker: SageMaker;
  readonly sagemakerRuntime: SageMakerRuntime;
  readonly scheduler: Scheduler;
  readonly secretsmanager: SecretsManager;
  readonly sns: SNS;
  readonly sqs: SQS;
  readonly ssm: SSM;
  readonly states: SFN;
  readonly sts: STS;
  readonly xray: XRay;
};

/** Package below `@aws-sdk/client-`, and its class. */
export const CLIENTS: Readonly<Record<keyof Aws, readonly [string, string]>> = {
  acm: ["acm", "ACM"],
  apigateway: ["api-gateway", "APIGateway"],
  apigatewaymanagementapi: ["apigatewaymanagementapi", "ApiGatewayManagementApi"],
  apigatewayv2: ["apigatewayv2", "ApiGatewayV2"],
  applicationAutoscaling: ["application-auto-scaling", "ApplicationAutoScaling"],
  athena: ["athena", "Athena"],
  autoscaling: ["auto-scaling", "AutoScaling"],
  cloudcontrol: ["cloudcontrol", "CloudControl"],
  cloudformation: ["cloudformation", "CloudFormation"],
  cloudfront: ["cloudfront", "CloudFront"],
  cloudtrail: ["cloudtrail", "CloudTrail"],
  cloudwatch: ["cloudwatch", "CloudWatch"],
  cognitoIdentity: ["cognito-identity", "CognitoIdentity"],
  cognitoIdp: ["cognito-identity-provider", "CognitoIdentityProvider"],
  dynamodb: ["dynamodb", "DynamoDB"],
  dynamodbstreams: ["dynamodb-streams", "DynamoDBStreams"],
  ec2: ["ec2", "EC2"],
  ecr: ["ecr", "ECR"],
  ecs: ["ecs", "ECS"],
  elasticache: ["elasticache", "ElastiCache"],
  elbv2: ["elastic-load-balancing-v2", "ElasticLoadBalancingV2"],
  emr: ["emr", "EMR"],
  events: ["eventbridge", "EventBridge"],
  firehose: ["firehose", "Firehose"],
  glue: ["glue", "Glue"],
  iam: ["iam", "IAM"],
  kinesis: ["kinesis", "Kinesis"],
  kms: ["kms", "KMS"],
  lambda: ["lambda", "Lambda"],
  logs: ["cloudwatch-logs", "CloudWatchLogs"],
  pipes: ["pipes", "Pipes"],
  rds: ["rds", "RDS"],
  rdsData: ["rds-data", "RDSData"],
  redshift: ["redshift", "Redshift"],
  redshiftData: ["redshift-data", "RedshiftData"],
  resourcegroupstaggingapi: ["resource-groups-tagging-api", "ResourceGroupsTaggingAPI"],
  route53: ["route-53", "Route53"],
  s3: ["s3", "S3"],
  s3control: ["s3-control", "S3Control"],
  sagemaker: ["sagemaker", "SageMaker"],
  sagemakerRuntime: ["sagemaker-runtime", "SageMakerRuntime"],
  scheduler: ["scheduler", "Scheduler"],
  secretsmanager: ["secrets-manager", "SecretsManager"],
  sns: ["sns", "SNS"],
  sqs: ["sqs", "SQS"],
  ssm: ["ssm", "SSM"],
  states: ["sfn", "SFN"],
  sts: ["sts", "STS"],
  xray: ["xray", "XRay"],
};
