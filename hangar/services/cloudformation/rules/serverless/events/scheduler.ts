// Events from schedules of EventBridge Scheduler: ScheduleV2, of functions and of state machines.

import { eventProblem } from "../problems.ts";
import type { Fields } from "../python-order.ts";
import { Resource } from "../resource.ts";
import { allowing, assumedBy } from "../role.ts";
import { at, fieldsAt, filled } from "../values.ts";
import type { Event, EventKind, Target } from "./event.ts";
import { checkDeadLetters, deadLetterQueue } from "./rules.ts";

const PASSED = [
  "ScheduleExpression",
  "Description",
  "StartDate",
  "EndDate",
  "ScheduleExpressionTimezone",
  "GroupName",
  "KmsKeyArn",
];

export const scheduleV2: EventKind = {
  shape: {
    PermissionsBoundary: "string",
    ScheduleExpression: "string!",
    FlexibleTimeWindow: "map",
    Name: "string",
    State: "string",
    Description: "string",
    StartDate: "string",
    EndDate: "string",
    ScheduleExpressionTimezone: "string",
    GroupName: "string",
    KmsKeyArn: "string",
    Input: "string",
    RoleArn: "string",
    DeadLetterConfig: "map",
    RetryPolicy: "map",
    OmitName: "=boolean",
  },
  expand(event, target) {
    const { properties } = event;
    const attributes = target.resource.passedOn();
    const { arn, made } = deadLetters(event, attributes);
    const given = at(properties, "RoleArn");
    const role = filled(given) ? undefined : invokingRole(event, target, arn);
    const passed = ["Input", "RetryPolicy"].filter((name) => (at(properties, name) ?? undefined) !== undefined);
    const schedule = new Resource(
      "AWS::Scheduler::Schedule",
      event.id,
      {
        ...Object.fromEntries(PASSED.map((name) => [name, at(properties, name)])),
        State: filled(at(properties, "State")) ? properties["State"] : undefined,
        Name: nameOf(event),
        FlexibleTimeWindow: filled(at(properties, "FlexibleTimeWindow"))
          ? properties["FlexibleTimeWindow"]
          : { Mode: "OFF" },
        Target: {
          Arn: target.resource.arn(),
          RoleArn: role?.arn() ?? given,
          ...Object.fromEntries(passed.map((name) => [name, properties[name]])),
          ...(arn === undefined ? {} : { DeadLetterConfig: { Arn: arn } }),
        },
      },
      { attributes },
    );
    return [schedule, ...made, ...(role === undefined ? [] : [role])];
  },
};

function nameOf({ id, properties }: Event): unknown {
  const name = at(properties, "Name");
  if (!filled(at(properties, "OmitName"))) return filled(name) ? name : id;
  if (filled(name)) throw eventProblem(id, "Name cannot be set when OmitName is True");
  return undefined;
}

function deadLetters(event: Event, attributes: Fields): { readonly arn: unknown; readonly made: Resource[] } {
  const config = fieldsAt(event.properties, "DeadLetterConfig");
  if (config === undefined) return { arn: undefined, made: [] };
  checkDeadLetters(event, config);
  const given = at(config, "Arn") ?? undefined;
  if (given !== undefined) return { arn: given, made: [] };
  const queue = deadLetterQueue(event, config, attributes);
  return { arn: queue.arn(), made: [queue] };
}

function invokingRole({ id, properties }: Event, { resource }: Target, queueArn: unknown): Resource {
  const starts = resource.type.startsWith("AWS::StepFunctions::");
  const policy = starts
    ? allowing(`${id}StartExecutionPolicy`, "states:StartExecution", resource.arn())
    : allowing(`${id}LambdaPolicy`, "lambda:InvokeFunction", resource.arn());
  const boundary = at(properties, "PermissionsBoundary");
  return new Resource(
    "AWS::IAM::Role",
    `${id}Role`,
    {
      AssumeRolePolicyDocument: assumedBy("scheduler.amazonaws.com"),
      Policies: [policy, ...(queueArn === undefined ? [] : [allowing(`${id}SQSPolicy`, "sqs:SendMessage", queueArn)])],
      PermissionsBoundary: filled(boundary) ? boundary : undefined,
    },
    { attributes: resource.passedOn() },
  );
}
