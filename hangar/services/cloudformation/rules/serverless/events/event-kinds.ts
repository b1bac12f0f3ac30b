// Every type of event that a function or state machine may have.

import { notEmulated } from "../../../../../kernel/aws-error.ts";
import { eventProblem } from "../problems.ts";
import { readResource } from "../resource.ts";
import { at, isFields, textOf } from "../values.ts";
import { api } from "./api.ts";
import { cognito } from "./cognito.ts";
import type { Event, EventKind, Link } from "./event.ts";
import { httpApi } from "./http-api.ts";
import { cloudWatchLogs } from "./logs.ts";
import { machineApi } from "./machine-api.ts";
import { dynamodb, kinesis, sqs } from "./pull.ts";
import { eventBridgeRule, machineRule, machineSchedule, schedule } from "./rules.ts";
import { s3 } from "./s3.ts";
import { scheduleV2 } from "./scheduler.ts";
import { sns } from "./sns.ts";
import { entriesOf, type Fields } from "../python-order.ts";

type Kinds = ReadonlyMap<string, EventKind>;

export const FUNCTION_EVENTS: Kinds = new Map([
  ["Api", api],
  ["HttpApi", httpApi],
  ["S3", s3],
  ["SNS", sns],
  ["SQS", sqs],
  ["Kinesis", kinesis],
  ["DynamoDB", dynamodb],
  ["Schedule", schedule],
  ["ScheduleV2", scheduleV2],
  ["CloudWatchEvent", eventBridgeRule],
  ["EventBridgeRule", eventBridgeRule],
  ["CloudWatchLogs", cloudWatchLogs],
  ["Cognito", cognito],
]);

export const MACHINE_EVENTS: Kinds = new Map([
  ["Api", machineApi],
  ["Schedule", machineSchedule],
  ["ScheduleV2", scheduleV2],
  ["CloudWatchEvent", machineRule],
  ["EventBridgeRule", machineRule],
]);

/** Events whose sources no service here has. */
const ABSENT = ["AlexaSkill", "IoTRule", "MSK", "MQ", "SelfManagedKafka", "DocumentDB"];

export type ReadEvent = { readonly event: Event; readonly kind: EventKind; readonly link: Link | undefined };

/** Reads the events of a resource and finds what they name in the template. */
export function readEvents(logicalId: string, given: unknown, kinds: Kinds, resources: Fields): ReadEvent[] {
  return (isFields(given) ? entriesOf(given) : []).map(([name, data]) => {
    const type = textOf(at(data, "Type"));
    if (!isFields(data)) throw eventProblem(name, "It should be a map.");
    const kind = kinds.get(type ?? "");
    if (type !== undefined && kind === undefined && kinds === FUNCTION_EVENTS && ABSENT.includes(type))
      throw notEmulated(`the event ${type} of AWS::Serverless::Function`);
    if (type === undefined || kind === undefined)
      throw eventProblem(
        name,
        `Resource dict has missing or invalid value for key Type. Event Type is: ${type ?? "None"}.`,
      );
    const { properties } = readResource(`${logicalId}${name}`, data, type, kind.shape);
    const event = { id: `${logicalId}${name}`, name, properties };
    return { event, kind, link: kind.link?.(event, resources) };
  });
}
