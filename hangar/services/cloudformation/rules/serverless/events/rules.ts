// Events from rules of EventBridge: on a schedule, or by a pattern.

import { eventProblem } from "../problems.ts";
import type { Fields } from "../python-order.ts";
import { Resource } from "../resource.ts";
import { allowing, assumedBy } from "../role.ts";
import type { Shape } from "../shape.ts";
import { at, fieldsAt, filled, textOf } from "../values.ts";
import { permission, type Event, type EventKind, type Target } from "./event.ts";

const MOST_IN_TARGET_ID = 64;
const COMMON: Shape = { Input: "string", DeadLetterConfig: "map", RetryPolicy: "map", State: "string" };
const SCHEDULE: Shape = {
  ...COMMON,
  Schedule: "string!",
  RuleName: "string",
  Enabled: "boolean",
  Name: "string",
  Description: "string",
};
const PATTERN: Shape = {
  ...COMMON,
  EventBusName: "string",
  RuleName: "string",
  Pattern: "map",
  InputPath: "string",
  Target: "map",
  Enabled: "boolean",
  InputTransformer: "map",
};

function stateOf({ name, properties }: Event): unknown {
  const enabled = at(properties, "Enabled") ?? undefined;
  const state = at(properties, "State");
  if (filled(state) && enabled !== undefined)
    throw eventProblem(name, "State and Enabled Properties cannot both be specified.");
  if (enabled !== undefined) return filled(enabled) ? "ENABLED" : "DISABLED";
  return filled(state) ? state : undefined;
}

function scheduleRule(event: Event): Fields {
  const { properties } = event;
  return {
    ScheduleExpression: properties["Schedule"],
    State: stateOf(event),
    Name: at(properties, "Name"),
    Description: at(properties, "Description"),
  };
}

function patternRule(event: Event): Fields {
  const { properties } = event;
  return {
    EventBusName: at(properties, "EventBusName"),
    EventPattern: at(properties, "Pattern"),
    Name: at(properties, "RuleName"),
    State: stateOf(event),
  };
}

const TO_TARGET = ["Input", "InputPath", "RetryPolicy", "InputTransformer"];

function targetOf(event: Event, target: Target, more: { readonly suffix: string; readonly extra: Fields }): Fields {
  const { properties, id } = event;
  const named = textOf(at(fieldsAt(properties, "Target"), "Id"));
  const passed = TO_TARGET.filter((name) => at(properties, name) !== undefined && properties[name] !== null);
  return {
    Arn: target.resource.arn(),
    Id: named ?? `${id.slice(0, MOST_IN_TARGET_ID - more.suffix.length)}${more.suffix}`,
    ...Object.fromEntries(passed.map((name) => [name, properties[name]])),
    ...more.extra,
  };
}

/** The queue for what a rule could not deliver: one of the template's, or one of its own. */
export function checkDeadLetters(event: Event, config: Fields): void {
  const [arn, type] = ["Arn", "Type"].map((name) => Object.hasOwn(config, name));
  if (arn === true && type === true)
    throw eventProblem(event.id, "You can either define 'Arn' or 'Type' property of DeadLetterConfig.");
  if (type === true && at(config, "Type") !== "SQS")
    throw eventProblem(event.id, "The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.");
  if (arn !== true && type !== true)
    throw eventProblem(event.id, "No 'Arn' or 'Type' property provided for DeadLetterConfig.");
}

export function deadLetterQueue(event: Event, config: Fields, attributes: Fields): Resource {
  const id = at(config, "QueueLogicalId") ?? undefined;
  const name = textOf(id);
  if (id !== undefined && name === undefined) throw eventProblem(event.id, "QueueLogicalId must be a string");
  return new Resource(
    "AWS::SQS::Queue",
    filled(name) && name !== undefined ? name : `${event.id}Queue`,
    {},
    { attributes },
  );
}

function deadLetters(
  event: Event,
  rule: Resource,
  attributes: Fields,
): { readonly arn: unknown; readonly made: Resource[] } {
  const config = fieldsAt(event.properties, "DeadLetterConfig");
  if (config === undefined) return { arn: undefined, made: [] };
  checkDeadLetters(event, config);
  const given = at(config, "Arn") ?? undefined;
  if (given !== undefined) return { arn: given, made: [] };
  const queue = deadLetterQueue(event, config, attributes);
  const statement = {
    Action: "sqs:SendMessage",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Resource: queue.arn(),
    Condition: { ArnEquals: { "aws:SourceArn": rule.arn() } },
  };
  const policy = new Resource(
    "AWS::SQS::QueuePolicy",
    `${event.id}QueuePolicy`,
    { PolicyDocument: { Version: "2012-10-17", Statement: [statement] }, Queues: [queue.ref()] },
    { attributes },
  );
  return { arn: queue.arn(), made: [queue, policy] };
}

function toFunction(shape: Shape, ruleOf: (event: Event) => Fields): EventKind {
  return {
    shape,
    expand(event, target) {
      const attributes = target.resource.passedOn();
      const rule = new Resource("AWS::Events::Rule", event.id, ruleOf(event), { attributes });
      const { arn, made } = deadLetters(event, rule, attributes);
      const extra = arn === undefined ? {} : { DeadLetterConfig: { Arn: arn } };
      rule.properties["Targets"] = [targetOf(event, target, { suffix: "LambdaTarget", extra })];
      return [rule, ...made, permission(event, target, { principal: "events.amazonaws.com", sourceArn: rule.arn() })];
    },
  };
}

function toStateMachine(shape: Shape, ruleOf: (event: Event) => Fields): EventKind {
  return {
    shape,
    expand(event, target) {
      const attributes = target.resource.passedOn();
      const rule = new Resource("AWS::Events::Rule", event.id, ruleOf(event), { attributes });
      const given = at(event.properties, "RoleArn") ?? undefined;
      const role = given === undefined ? startingRole(event, target, "events.amazonaws.com") : undefined;
      const { arn, made } = deadLetters(event, rule, attributes);
      const extra = {
        RoleArn: role?.arn() ?? given,
        ...(arn === undefined ? {} : { DeadLetterConfig: { Arn: arn } }),
      };
      rule.properties["Targets"] = [targetOf(event, target, { suffix: "StepFunctionsTarget", extra })];
      return [rule, ...(role === undefined ? [] : [role]), ...made];
    },
  };
}

/** The role with which a service starts executions of a state machine. */
export function startingRole(event: Event, { resource, boundary }: Target, service: string): Resource {
  const id = `${event.id}Role`;
  return new Resource(
    "AWS::IAM::Role",
    id,
    {
      AssumeRolePolicyDocument: assumedBy(service),
      Policies: [allowing(`${id}StartExecutionPolicy`, "states:StartExecution", resource.arn())],
      PermissionsBoundary: filled(boundary) ? boundary : undefined,
    },
    { attributes: resource.passedOn() },
  );
}

export const schedule = toFunction(SCHEDULE, scheduleRule);
export const eventBridgeRule = toFunction(PATTERN, patternRule);

function without(shape: Shape, name: string): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([each]) => each !== name));
}

export const machineSchedule = toStateMachine(
  { ...without(SCHEDULE, "RuleName"), Target: "=map", RoleArn: "=string" },
  scheduleRule,
);
export const machineRule = toStateMachine({ ...without(PATTERN, "Enabled"), Target: "=map" }, patternRule);
