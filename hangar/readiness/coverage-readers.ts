// What of each CloudFormation type a suite can exercise, and where the suite's usage counts it.

import type { Outcomes } from "../cloud/usage-tally.ts";
import { isObject, type PlainObject } from "../services/cloudformation/rules/template.ts";
import type { CoveredKind } from "./coverage.ts";
import type { DeployedProperties } from "./deployed-properties.ts";
import type { NameOf } from "./resource-names.ts";
import type { PathOf } from "./rest-paths.ts";
import type { SuiteUsage } from "./usage.ts";

export type Seen = {
  readonly usage: SuiteUsage;
  /** By the source's ARN. */
  readonly sent: ReadonlyMap<string, readonly Outcomes[]>;
  readonly pathOf: PathOf;
  readonly nameOf: NameOf;
};

type Exercise = {
  readonly kind: CoveredKind;
  readonly name: string;
  readonly outcomes: readonly (Outcomes | undefined)[];
};
type Reader = (of: DeployedProperties, seen: Seen) => readonly Exercise[];

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];
const ANY = "x-amazon-apigateway-any-method";

/** By type. Absent are those that nothing reaches by itself, and those that are not emulated. */
export const readers: Readonly<Record<string, Reader>> = {
  "AWS::Lambda::Function": ({ resource, deployed }, { usage }) => [
    { kind: "handler", name: resource.path, outcomes: [usage.functions[deployed.arns["Arn"] ?? ""]] },
  ],
  "AWS::Lambda::Url": ({ resource, properties }, { usage }) => {
    const { TargetFunctionArn, Qualifier } = properties;
    const arn = `${String(TargetFunctionArn)}${typeof Qualifier === "string" ? `:${Qualifier}` : ""}`;
    return [{ kind: "host", name: resource.path, outcomes: [usage.served[arn]] }];
  },
  "AWS::Lambda::EventSourceMapping": ({ properties, region }, seen) => {
    const arn = functionArn(String(properties["FunctionName"]), region, seen.usage.account);
    return [delivery("event source", [properties["EventSourceArn"], arn], seen)];
  },
  "AWS::Lambda::EventInvokeConfig": ({ properties, region }, seen) => {
    const arn = functionArn(String(properties["FunctionName"]), region, seen.usage.account);
    return Object.values(objectAt(properties, "DestinationConfig")).flatMap((each) =>
      isObject(each) && each["Destination"] !== undefined
        ? [delivery("destination", [arn, each["Destination"]], seen)]
        : [],
    );
  },
  "AWS::Events::Rule": ({ resource, deployed, properties }, { sent }) =>
    properties["State"] === "DISABLED"
      ? []
      : [
          {
            kind: properties["ScheduleExpression"] === undefined ? "rule" : "schedule",
            name: resource.path,
            outcomes: sent.get(deployed.arns["Arn"] ?? "") ?? [],
          },
        ],
  "AWS::SNS::Subscription": ({ properties }, seen) => [subscription(String(properties["TopicArn"]), properties, seen)],
  "AWS::SNS::Topic": ({ deployed, properties }, seen) =>
    listAt(properties, "Subscription").map((each) => subscription(deployed.id, each, seen)),
  "AWS::S3::Bucket": (of, seen) => [...websiteOf(of, seen), ...bucketNotifications(of, seen)],
  "Custom::S3BucketNotifications": ({ properties }, seen) => {
    const configuration = objectAt(properties, "NotificationConfiguration");
    const bucket = `arn:aws:s3:::${String(properties["BucketName"])}`;
    return notifications(bucket, configuration, seen, {
      LambdaFunctionConfigurations: "LambdaFunctionArn",
      QueueConfigurations: "QueueArn",
      TopicConfigurations: "TopicArn",
    });
  },
  "AWS::Logs::SubscriptionFilter": ({ properties, region }, seen) => {
    const place = `${region}:${seen.usage.account}`;
    const group = `arn:aws:logs:${place}:log-group:${String(properties["LogGroupName"])}:*`;
    return [delivery("subscription", [group, properties["DestinationArn"]], seen)];
  },
  "AWS::ApiGateway::Method": ({ properties }, { usage, pathOf }) => {
    const { RestApiId, ResourceId, HttpMethod, Integration } = properties;
    // What the gateway answers browsers by itself.
    if (HttpMethod === "OPTIONS" && isObject(Integration) && Integration["Type"] === "MOCK") return [];
    const route = `${String(HttpMethod)} ${pathOf(String(ResourceId))}`;
    return [{ kind: "route", name: route, outcomes: [usage.served[`${String(RestApiId)} ${route}`]] }];
  },
  "AWS::ApiGateway::RestApi": ({ deployed, properties }, { usage }) =>
    routesIn(objectAt(properties, "Body")).map((route) => servedRoute(deployed.id, route, usage)),
  "AWS::ApiGatewayV2::Route": ({ properties }, { usage }) => [
    servedRoute(String(properties["ApiId"]), String(properties["RouteKey"]), usage),
  ],
  "AWS::ApiGatewayV2::Api": ({ deployed, properties }, { usage }) => {
    const { Target, RouteKey = "$default" } = properties;
    const quick = typeof Target === "string" && typeof RouteKey === "string" ? [RouteKey] : [];
    return [...quick, ...routesIn(objectAt(properties, "Body"))].map((route) => servedRoute(deployed.id, route, usage));
  },
};

function servedRoute(api: string, route: string, { served }: SuiteUsage): Exercise {
  return { kind: "route", name: route, outcomes: [served[`${api} ${route}`]] };
}

function delivery(kind: CoveredKind, [from, to]: readonly [unknown, unknown], { usage, nameOf }: Seen): Exercise {
  const name = `${nameOf(String(from))} -> ${nameOf(String(to))}`;
  return { kind, name, outcomes: [usage.deliveries[`${String(from)} ${String(to)}`]] };
}

/** Mail and phones are noted with their protocol. */
function subscription(topic: string, { Protocol, Endpoint }: PlainObject, seen: Seen): Exercise {
  const to = /^(sqs|lambda|firehose|https?)$/.test(String(Protocol))
    ? Endpoint
    : `${String(Protocol)}:${String(Endpoint)}`;
  return delivery("subscription", [topic, to], seen);
}

function websiteOf({ resource, deployed, properties }: DeployedProperties, { usage }: Seen): readonly Exercise[] {
  if (properties["WebsiteConfiguration"] === undefined) return [];
  return [{ kind: "host", name: resource.path, outcomes: [usage.served[deployed.arns["Arn"] ?? ""]] }];
}

function bucketNotifications({ deployed, properties }: DeployedProperties, seen: Seen): readonly Exercise[] {
  const configuration = objectAt(properties, "NotificationConfiguration");
  return notifications(deployed.arns["Arn"] ?? "", configuration, seen, {
    LambdaConfigurations: "Function",
    QueueConfigurations: "Queue",
    TopicConfigurations: "Topic",
  });
}

function notifications(
  bucket: string,
  configuration: PlainObject,
  seen: Seen,
  targets: Readonly<Record<string, string>>,
): readonly Exercise[] {
  return Object.entries(targets).flatMap(([list, member]) => {
    const arns = new Set(listAt(configuration, list).map((each) => String(each[member])));
    return [...arns].map((arn) => delivery("event source", [bucket, arn], seen));
  });
}

/** Of an OpenAPI document. */
function routesIn(document: PlainObject): readonly string[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, operations]) =>
    Object.keys(isObject(operations) ? operations : {}).flatMap((method) =>
      method === ANY ? [`ANY ${path}`] : METHODS.includes(method) ? [`${method.toUpperCase()} ${path}`] : [],
    ),
  );
}

/** Of a name, a partial ARN or an ARN, without version or alias. */
function functionArn(named: string, region: string, account: string): string {
  const name = named.includes("function:") ? named.slice(named.indexOf("function:") + "function:".length) : named;
  return `arn:aws:lambda:${region}:${account}:function:${name.split(":")[0]}`;
}

function objectAt(properties: PlainObject, name: string): PlainObject {
  const value = properties[name];
  return isObject(value) ? value : {};
}

function listAt(properties: PlainObject, name: string): readonly PlainObject[] {
  const value = properties[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}
