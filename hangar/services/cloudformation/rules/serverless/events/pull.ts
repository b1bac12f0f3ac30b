// Sources that Lambda polls: SQS, Kinesis, DynamoDB.

import { eventProblem } from "../problems.ts";
import { drop, keysOf, type Fields } from "../python-order.ts";
import { Resource } from "../resource.ts";
import { allowing, allowToo, awsPolicy } from "../role.ts";
import { expectMap, type Shape } from "../shape.ts";
import { at, filled, isFunction, textOf } from "../values.ts";
import type { Event, EventKind } from "./event.ts";

const SHAPE: Shape = {
  BatchSize: "integer",
  StartingPosition: "any",
  StartingPositionTimestamp: "any",
  Enabled: "boolean",
  MaximumBatchingWindowInSeconds: "integer",
  MaximumRetryAttempts: "integer",
  BisectBatchOnFunctionError: "boolean",
  MaximumRecordAgeInSeconds: "integer",
  DestinationConfig: "map",
  ParallelizationFactor: "integer",
  Topics: "list",
  Queues: "list",
  SourceAccessConfigurations: "list",
  SecretsManagerKmsKeyId: "string",
  TumblingWindowInSeconds: "integer",
  FunctionResponseTypes: "list",
  KafkaBootstrapServers: "list",
  FilterCriteria: "map",
  KmsKeyArn: "any",
  ConsumerGroupId: "string",
  ScalingConfig: "map",
  ProvisionedPollerConfig: "map",
  SchemaRegistryConfig: "map",
  MetricsConfig: "map",
  LoggingConfig: "map",
};
/** What goes to the mapping as it is. */
const PASSED = Object.keys(SHAPE).filter(
  (name) =>
    ![
      "DestinationConfig",
      "SecretsManagerKmsKeyId",
      "KafkaBootstrapServers",
      "ConsumerGroupId",
      "SchemaRegistryConfig",
    ].includes(name),
);

type Source = { readonly type: string; readonly property: string; readonly policy: string; readonly more?: Shape };

function pulled({ type, property, policy, more }: Source): EventKind {
  return {
    shape: { ...SHAPE, [property]: "any!", ...more },
    expand(event, target) {
      const { properties } = event;
      checkFilter(event);
      if (filled(at(properties, "ConsumerGroupId")))
        throw eventProblem(event.id, `Property ConsumerGroupId not defined for resource of type ${type}.`);
      const servers = at(properties, "KafkaBootstrapServers");
      const mapping = new Resource(
        "AWS::Lambda::EventSourceMapping",
        event.id,
        {
          ...Object.fromEntries(PASSED.map((name) => [name, at(properties, name)])),
          FunctionName: target.resource.ref(),
          EventSourceArn: properties[property],
          SelfManagedEventSource: filled(servers) ? { Endpoints: { KafkaBootstrapServers: servers } } : undefined,
          DestinationConfig: filled(at(properties, "DestinationConfig")) ? properties["DestinationConfig"] : undefined,
        },
        { attributes: target.resource.passedOn() },
      );
      const allowed = destinationPolicy(event);
      allowToo(target.role, awsPolicy(`service-role/${policy}`), allowed === undefined ? [] : [allowed]);
      return [mapping];
    },
  };
}

function checkFilter({ name, properties }: Event): void {
  const criteria = at(properties, "FilterCriteria");
  if (!filled(criteria) || isFunction(criteria)) return;
  if (keysOf(criteria as Fields).join() !== "Filters")
    throw eventProblem(name, "FilterCriteria field has a wrong format");
}

/** What lets the function send what it failed on; the type of the destination is SAM's own. */
function destinationPolicy({ id, properties }: Event): Fields | undefined {
  const config = at(properties, "DestinationConfig");
  if (!filled(config)) return undefined;
  const failure = expectMap(at(config, "OnFailure"), { event: id }, "DestinationConfig.OnFailure");
  const type = at(failure, "Type");
  if (!filled(type)) return undefined;
  drop(failure, "Type");
  const to = at(failure, "Destination");
  switch (textOf(type)) {
    case "SQS":
      return allowing(`${id}SQSPolicy`, "sqs:SendMessage", to);
    case "SNS":
      return allowing(`${id}SNSPolicy`, "sns:publish", to);
    case "S3":
      return toBucket(`${id}S3Policy`, to);
    case "Kafka":
      return undefined;
    default:
      throw eventProblem(id, "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'");
  }
}

export function toBucket(name: string, bucketArn: unknown): Fields {
  const objects = { "Fn::Join": ["/", [bucketArn, "*"]] };
  return {
    PolicyName: name,
    PolicyDocument: {
      Statement: [
        { Action: "s3:PutObject", Effect: "Allow", Resource: objects },
        { Action: "s3:ListBucket", Effect: "Allow", Resource: bucketArn },
      ],
    },
  };
}

const POSITIONED = { StartingPosition: "any!" };

export const sqs = pulled({ type: "SQS", property: "Queue", policy: "AWSLambdaSQSQueueExecutionRole" });
export const kinesis = pulled({
  type: "Kinesis",
  property: "Stream",
  policy: "AWSLambdaKinesisExecutionRole",
  more: POSITIONED,
});
export const dynamodb = pulled({
  type: "DynamoDB",
  property: "Stream",
  policy: "AWSLambdaDynamoDBExecutionRole",
  more: POSITIONED,
});
