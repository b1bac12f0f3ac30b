// AWS's default quotas that an assembly alone can exceed, each with the page that says so.

export type Quota = {
  /** In the plural: "functions". */
  readonly what: string;
  readonly types: readonly string[];
  readonly most: number;
  /** What it counts within: the account, a region of it, or the resource that a property refers to. */
  readonly per: "account" | "region" | { readonly property: string; readonly what: string; readonly fallback?: string };
  /** AWS raises it for nobody. */
  readonly hard?: true;
  readonly page: string;
};

const guide = (path: string): string => `https://docs.aws.amazon.com/${path}`;
const IAM = guide("IAM/latest/UserGuide/reference_iam-quotas.html");
const CLOUDFORMATION = guide("AWSCloudFormation/latest/UserGuide/cloudformation-limits.html");
const EVENTS = guide("eventbridge/latest/userguide/eb-quota.html");
const REST = guide("apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html");
const HTTP = guide("apigateway/latest/developerguide/http-api-quotas.html");
const VPC = guide("vpc/latest/userguide/amazon-vpc-limits.html");
const COGNITO = guide("cognito/latest/developerguide/quotas.html");
const LOGS = guide("AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html");
const DYNAMODB = guide("amazondynamodb/latest/developerguide/ServiceQuotas.html");

const inVpc = { property: "VpcId", what: "VPC" } as const;
const ofRestApi = { property: "RestApiId", what: "REST API" } as const;
const ofApi = { property: "ApiId", what: "API" } as const;

export const quotas: readonly Quota[] = [
  {
    what: "buckets",
    types: ["AWS::S3::Bucket"],
    most: 10_000,
    per: "account",
    page: guide("AmazonS3/latest/userguide/BucketRestrictions.html"),
  },
  { what: "roles", types: ["AWS::IAM::Role"], most: 1000, per: "account", page: IAM },
  { what: "managed policies", types: ["AWS::IAM::ManagedPolicy"], most: 1500, per: "account", page: IAM },
  { what: "groups", types: ["AWS::IAM::Group"], most: 300, per: "account", page: IAM },
  { what: "users", types: ["AWS::IAM::User"], most: 5000, per: "account", hard: true, page: IAM },
  { what: "instance profiles", types: ["AWS::IAM::InstanceProfile"], most: 1000, per: "account", page: IAM },
  { what: "stacks", types: ["AWS::CloudFormation::Stack"], most: 2000, per: "region", page: CLOUDFORMATION },
  { what: "event buses", types: ["AWS::Events::EventBus"], most: 100, per: "region", page: EVENTS },
  {
    what: "rules",
    types: ["AWS::Events::Rule"],
    most: 300,
    per: { property: "EventBusName", what: "event bus", fallback: "default" },
    page: EVENTS,
  },
  { what: "REST APIs", types: ["AWS::ApiGateway::RestApi"], most: 600, per: "region", page: REST },
  { what: "usage plans", types: ["AWS::ApiGateway::UsagePlan"], most: 300, per: "region", page: REST },
  { what: "resources", types: ["AWS::ApiGateway::Resource"], most: 300, per: ofRestApi, page: REST },
  { what: "stages", types: ["AWS::ApiGateway::Stage"], most: 10, per: ofRestApi, page: REST },
  { what: "authorizers", types: ["AWS::ApiGateway::Authorizer"], most: 10, per: ofRestApi, page: REST },
  { what: "HTTP and WebSocket APIs", types: ["AWS::ApiGatewayV2::Api"], most: 600, per: "region", page: HTTP },
  { what: "routes", types: ["AWS::ApiGatewayV2::Route"], most: 300, per: ofApi, page: HTTP },
  { what: "integrations", types: ["AWS::ApiGatewayV2::Integration"], most: 300, per: ofApi, page: HTTP },
  { what: "authorizers", types: ["AWS::ApiGatewayV2::Authorizer"], most: 10, per: ofApi, page: HTTP },
  { what: "stages", types: ["AWS::ApiGatewayV2::Stage"], most: 10, per: ofApi, page: HTTP },
  { what: "VPCs", types: ["AWS::EC2::VPC"], most: 5, per: "region", page: VPC },
  { what: "internet gateways", types: ["AWS::EC2::InternetGateway"], most: 5, per: "region", page: VPC },
  { what: "Elastic IP addresses", types: ["AWS::EC2::EIP"], most: 5, per: "region", page: VPC },
  { what: "subnets", types: ["AWS::EC2::Subnet"], most: 200, per: inVpc, page: VPC },
  { what: "route tables", types: ["AWS::EC2::RouteTable"], most: 200, per: inVpc, page: VPC },
  { what: "security groups", types: ["AWS::EC2::SecurityGroup"], most: 2500, per: "region", page: VPC },
  {
    what: "rules beside its own",
    types: ["AWS::EC2::SecurityGroupIngress"],
    most: 60,
    per: { property: "GroupId", what: "security group" },
    page: VPC,
  },
  {
    what: "rules beside its own",
    types: ["AWS::EC2::SecurityGroupEgress"],
    most: 60,
    per: { property: "GroupId", what: "security group" },
    page: VPC,
  },
  {
    what: "tables",
    types: ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"],
    most: 2500,
    per: "region",
    page: DYNAMODB,
  },
  { what: "user pools", types: ["AWS::Cognito::UserPool"], most: 1000, per: "region", page: COGNITO },
  {
    what: "app clients",
    types: ["AWS::Cognito::UserPoolClient"],
    most: 1000,
    per: { property: "UserPoolId", what: "user pool" },
    page: COGNITO,
  },
  {
    what: "resource servers",
    types: ["AWS::Cognito::UserPoolResourceServer"],
    most: 25,
    per: { property: "UserPoolId", what: "user pool" },
    page: COGNITO,
  },
  {
    what: "subscription filters",
    types: ["AWS::Logs::SubscriptionFilter"],
    most: 2,
    per: { property: "LogGroupName", what: "log group" },
    hard: true,
    page: LOGS,
  },
  {
    what: "metric filters",
    types: ["AWS::Logs::MetricFilter"],
    most: 100,
    per: { property: "LogGroupName", what: "log group" },
    hard: true,
    page: LOGS,
  },
  {
    what: "parameters",
    types: ["AWS::SSM::Parameter"],
    most: 10_000,
    per: "region",
    page: guide("general/latest/gr/ssm.html"),
  },
  {
    what: "load balancers",
    types: ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
    most: 50,
    per: "region",
    page: guide("elasticloadbalancing/latest/application/load-balancer-limits.html"),
  },
  {
    what: "database instances",
    types: ["AWS::RDS::DBInstance"],
    most: 40,
    per: "region",
    page: guide("AmazonRDS/latest/UserGuide/CHAP_Limits.html"),
  },
];

/** Within one resource: how long a list may be. */
export type ListQuota = {
  readonly type: string;
  readonly property: string;
  readonly most: number;
  readonly hard?: true;
  readonly page: string;
};

const LAMBDA = guide("lambda/latest/dg/gettingstarted-limits.html");

export const listQuotas: readonly ListQuota[] = [
  { type: "AWS::Lambda::Function", property: "Layers", most: 5, hard: true, page: LAMBDA },
  { type: "AWS::Events::Rule", property: "Targets", most: 5, hard: true, page: EVENTS },
  { type: "AWS::DynamoDB::Table", property: "GlobalSecondaryIndexes", most: 20, page: DYNAMODB },
  { type: "AWS::DynamoDB::Table", property: "LocalSecondaryIndexes", most: 5, hard: true, page: DYNAMODB },
  { type: "AWS::IAM::Role", property: "ManagedPolicyArns", most: 10, page: IAM },
  { type: "AWS::EC2::SecurityGroup", property: "SecurityGroupIngress", most: 60, page: VPC },
  { type: "AWS::EC2::SecurityGroup", property: "SecurityGroupEgress", most: 60, page: VPC },
];

/** Executions at once of all functions of a region, of which some always stay for those that reserve none. */
export const concurrency = { most: 1000, unreserved: 100, page: LAMBDA } as const;
/** Bytes of a function's variables, names and values. */
export const variables = { most: 4096, page: LAMBDA } as const;
