// The services we compile: our folder name for each, and the SDK client whose schemas describe it.
import type { ProtocolName } from "../../hangar/models/model.ts";

export type ServiceSource = {
  readonly service: string;
  /** npm package under @aws-sdk/. */
  readonly client: string;
  /** Protocols AWS answers besides those the client and the constraint file name. */
  readonly alsoSpeaks?: readonly ProtocolName[];
  /** Where the client no longer knows the namespace of the service's XML. */
  readonly xmlNamespace?: string;
  /** Members that the client calls moments, and the service keeps and gives back as any text. */
  readonly asText?: readonly string[];
};

const own = (service: string): ServiceSource => ({ service, client: `client-${service}` });

export const serviceSources: readonly ServiceSource[] = [
  own("acm"),
  { service: "apigateway", client: "client-api-gateway" },
  own("apigatewaymanagementapi"),
  own("apigatewayv2"),
  { service: "application-autoscaling", client: "client-application-auto-scaling" },
  own("athena"),
  { service: "autoscaling", client: "client-auto-scaling" },
  own("cloudcontrol"),
  own("cloudformation"),
  own("cloudfront"),
  own("cloudtrail"),
  own("cloudwatch"),
  own("cognito-identity"),
  { service: "cognito-idp", client: "client-cognito-identity-provider" },
  own("dynamodb"),
  { service: "dynamodbstreams", client: "client-dynamodb-streams" },
  own("ec2"),
  own("ecr"),
  own("ecs"),
  own("elasticache"),
  { service: "elbv2", client: "client-elastic-load-balancing-v2" },
  own("emr"),
  { service: "events", client: "client-eventbridge" },
  own("firehose"),
  own("glue"),
  own("iam"),
  own("kinesis"),
  own("kms"),
  own("lambda"),
  { service: "logs", client: "client-cloudwatch-logs" },
  own("pipes"),
  own("rds"),
  own("rds-data"),
  own("redshift"),
  own("redshift-data"),
  { service: "resourcegroupstaggingapi", client: "client-resource-groups-tagging-api" },
  { service: "route53", client: "client-route-53" },
  { ...own("s3"), asText: ["Expires", "ResponseExpires"] },
  { service: "s3control", client: "client-s3-control" },
  own("sagemaker"),
  own("sagemaker-runtime"),
  own("scheduler"),
  { service: "secretsmanager", client: "client-secrets-manager" },
  own("sns"),
  // Before 2023 every SDK spoke the query protocol to SQS, and AWS still answers it.
  {
    service: "sqs",
    client: "client-sqs",
    alsoSpeaks: ["awsQuery"],
    xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  },
  own("ssm"),
  { service: "states", client: "client-sfn" },
  own("sts"),
  own("xray"),
];
