// EventInvokeConfig: where the outcomes of asynchronous invocations go.

import { toBucket } from "./events/pull.ts";
import type { Expansion } from "./expansion.ts";
import { hashOf } from "./logical-ids.ts";
import { resourceProblem, templateProblem } from "./problems.ts";
import { put, type Fields } from "./python-order.ts";
import { Resource } from "./resource.ts";
import { resolveParameters } from "./resolve.ts";
import { allowing } from "./role.ts";
import { expectMap } from "./shape.ts";
import { at, conditional, filled, isIf, isNoValue, listed, textOf } from "./values.ts";

const TYPES = ["SQS", "SNS", "EventBridge", "Lambda", "S3Bucket"];
/** SAM makes these where no destination is named. */
const MADE: Readonly<Record<string, readonly [type: string, suffix: string]>> = {
  SQS: ["AWS::SQS::Queue", "Queue"],
  SNS: ["AWS::SNS::Topic", "Topic"],
};

type Destinations = { readonly resources: readonly Resource[]; readonly policies: readonly Fields[] };

export function functionDestinations(
  read: Resource,
  invoked: { readonly function: Resource; readonly alias: Resource | undefined },
  expansion: Expansion,
): Destinations {
  if (!filled(read.properties["EventInvokeConfig"])) return { resources: [], policies: [] };
  const { logicalId, attributes } = read;
  const config = resolveParameters(read.properties["EventInvokeConfig"] as Fields, expansion.parameters);
  const id = `${logicalId}EventInvokeConfig`;
  const given = at(config, "DestinationConfig");
  const destinations: Fields = {};
  const resources: Resource[] = [];
  const policies: Fields[] = [];
  const owner = { resource: logicalId };
  const path = "EventInvokeConfig.DestinationConfig";
  for (const outcome of filled(given) ? ["OnSuccess", "OnFailure"] : []) {
    const value = at(expectMap(given, owner, path), outcome) ?? undefined;
    if (value === undefined) continue;
    const destination = expectMap(value, owner, `${path}.${outcome}`);
    const found = destinationOf(read, destination, { id: `${id}${outcome}`, config: id }, expansion);
    destinations[outcome] = { Destination: found.arn };
    put(destination, "Destination", found.arn);
    if (found.resource !== undefined) resources.push(found.resource);
    if (found.policy !== undefined) policies.push(found.policy);
  }
  const { function: function_, alias } = invoked;
  const made = new Resource(
    "AWS::Lambda::EventInvokeConfig",
    id,
    {
      FunctionName: function_.ref(),
      Qualifier: alias?.properties["Name"] ?? "$LATEST",
      DestinationConfig: destinations,
      MaximumEventAgeInSeconds: at(config, "MaximumEventAgeInSeconds"),
      MaximumRetryAttempts: at(config, "MaximumRetryAttempts"),
    },
    { attributes, ...(alias === undefined ? {} : { dependsOn: [alias.logicalId] }) },
  );
  return { resources: [...resources, made], policies };
}

type Found = {
  readonly arn: unknown;
  readonly resource?: Resource | undefined;
  readonly policy?: Fields | undefined;
};

function destinationOf(
  read: Resource,
  given: Fields,
  ids: { readonly id: string; readonly config: string },
  expansion: Expansion,
): Found {
  const type = textOf(at(given, "Type"));
  if (type === undefined || !TYPES.includes(type))
    throw resourceProblem(read.logicalId, `'Type: ${type ?? "None"}' must be one of ${listed(TYPES)}`);
  const named = at(given, "Destination") ?? undefined;
  const choice = choiceOf(named, ids.config, expansion);
  if (named !== undefined && choice === undefined) return { arn: named, policy: policyFor(type, ids.id, named) };
  const made = MADE[type];
  if (made === undefined)
    throw resourceProblem(read.logicalId, "Destination is required if Type is not ['SQS', 'SNS']");
  const resource = new Resource(made[0], `${ids.id}${made[1]}`, {}, { attributes: read.passedOn() });
  const condition = bothConditions(read, choice?.condition, expansion);
  if (condition !== undefined) resource.attributes["Condition"] = condition;
  const arn = choice === undefined ? resource.arn() : conditional(choice.condition, resource.arn(), choice.otherwise);
  return { arn, resource, policy: policyFor(type, ids.id, arn) };
}

type Choice = { readonly condition: string; readonly otherwise: unknown };

/** A destination on one side of an Fn::If only. */
function choiceOf(named: unknown, id: string, expansion: Expansion): Choice | undefined {
  if (!isIf(named)) return undefined;
  const branches = at(named, "Fn::If");
  if (!Array.isArray(branches) || branches.length !== 3)
    throw resourceProblem(id, "Malformed 'Destination' property: Fn::If requires 3 arguments.");
  const [given, whenTrue, whenFalse] = branches as unknown[];
  const condition = textOf(given) ?? "";
  if (isNoValue(whenTrue)) return isNoValue(whenFalse) ? undefined : { condition, otherwise: whenFalse };
  if (!isNoValue(whenFalse)) return undefined;
  const opposite = `NOT${condition}${hashOf(id)}`;
  addCondition(expansion, opposite, { "Fn::Not": [{ Condition: condition }] });
  return { condition: opposite, otherwise: whenTrue };
}

function addCondition({ conditions }: Expansion, name: string, value: Fields): void {
  if (conditions === undefined)
    throw templateProblem("Can't have condition without having 'Conditions' section in the template");
  put(conditions, name, value);
}

function bothConditions(read: Resource, chosen: string | undefined, expansion: Expansion): string | undefined {
  const own = textOf(at(read.attributes, "Condition"));
  if (own === undefined || chosen === undefined) return own ?? chosen;
  const name = `${own}AND${chosen}${hashOf(read.logicalId)}`;
  // Nested one too deep, as SAM does it: CloudFormation refuses the template.
  addCondition(expansion, name, {
    "Fn::And": [{ Condition: { Condition: own } }, { Condition: { Condition: chosen } }],
  });
  return name;
}

function policyFor(type: string, id: string, arn: unknown): Fields {
  switch (type) {
    case "SQS":
      return allowing(`${id}SQSPolicy`, "sqs:SendMessage", arn);
    case "SNS":
      return allowing(`${id}SNSPolicy`, "sns:publish", arn);
    case "EventBridge":
      return allowing(`${id}EventBridgePolicy`, "events:PutEvents", arn);
    case "Lambda":
      return allowing(`${id}LambdaPolicy`, "lambda:InvokeFunction", arn);
    default:
      return toBucket(`${id}S3Policy`, arn);
  }
}
