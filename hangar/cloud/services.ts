// The list of services, loaded when first needed, and the static facts that must be known before they are loaded.

import type { ProvidedPorts } from "../ports/ports.ts";
import type { ServiceDefinition } from "./service.ts";

type Loader = () => Promise<{ readonly service: ServiceDefinition }>;

export const services: Readonly<Record<string, Loader>> = {
  apigateway: () => import("../services/apigateway/service.ts"),
  apigatewaymanagementapi: () => import("../services/apigatewaymanagementapi/service.ts"),
  apigatewayv2: () => import("../services/apigatewayv2/service.ts"),
  cloudcontrol: () => import("../services/cloudcontrol/service.ts"),
  cloudformation: () => import("../services/cloudformation/service.ts"),
  "cognito-identity": () => import("../services/cognito-identity/service.ts"),
  "cognito-idp": () => import("../services/cognito-idp/service.ts"),
  dynamodb: () => import("../services/dynamodb/service.ts"),
  dynamodbstreams: () => import("../services/dynamodbstreams/service.ts"),
  ecr: () => import("../services/ecr/service.ts"),
  events: () => import("../services/events/service.ts"),
  iam: () => import("../services/iam/service.ts"),
  kinesis: () => import("../services/kinesis/service.ts"),
  kms: () => import("../services/kms/service.ts"),
  lambda: () => import("../services/lambda/service.ts"),
  logs: () => import("../services/logs/service.ts"),
  s3: () => import("../services/s3/service.ts"),
  s3control: () => import("../services/s3control/service.ts"),
  secretsmanager: () => import("../services/secretsmanager/service.ts"),
  sns: () => import("../services/sns/service.ts"),
  sqs: () => import("../services/sqs/service.ts"),
  ssm: () => import("../services/ssm/service.ts"),
  sts: () => import("../services/sts/service.ts"),
};

/** Versions of services' rows: raised when rows that were written before can no longer be read. 1 where none is given. */
const schemas: Readonly<Record<string, number>> = {
  // 2: shards of streams say which hashes they take.
  dynamodb: 2,
  // 2: the names of bodies hold their nonces.
  s3: 2,
};

export function schemaOf(service: string): number {
  return schemas[service] ?? 1;
}

/** Which service gives a port. */
export const providers: Readonly<Record<keyof ProvidedPorts, string>> = {
  access: "iam",
  functions: "lambda",
  queues: "sqs",
  streams: "dynamodb",
  tableStreams: "dynamodb",
  dataStreams: "kinesis",
  logs: "logs",
  keys: "kms",
  secrets: "secretsmanager",
  parameters: "ssm",
  objects: "s3",
  storage: "s3",
  domainNames: "apigateway",
  apiAccount: "apigateway",
  httpApis: "apigatewayv2",
  userPools: "cognito-idp",
  identityPools: "cognito-identity",
  images: "ecr",
};

/** Third part of an ARN -> the service that takes deliveries for it. */
export const receivers: Readonly<Record<string, string>> = {
  events: "events",
  kinesis: "kinesis",
  lambda: "lambda",
  logs: "logs",
  sns: "sns",
  sqs: "sqs",
};

/** Services with HTTP front doors, in the order they are asked. */
export const doors: readonly string[] = [
  "cloudformation",
  "lambda",
  "apigatewayv2",
  "apigateway",
  "cognito-idp",
  "sns",
  "ecr",
  "s3",
];

/** Services whose `seed` must have run before a call: what the CDK expects to find in every account and region. */
export function seedsFor(service: string, operation: string, input: unknown): readonly string[] {
  if (service === "cloudformation" || service === "iam" || service === "ssm" || service === "cloudcontrol")
    return ["cloudformation"];
  if (service === "sts") return operation === "AssumeRole" ? ["cloudformation"] : [];
  if (service === "s3") {
    const bucket = (input as { readonly Bucket?: unknown } | undefined)?.Bucket;
    return typeof bucket === "string" ? (bucket.startsWith("cdk-") ? ["cloudformation"] : []) : ["cloudformation"];
  }
  return [];
}
