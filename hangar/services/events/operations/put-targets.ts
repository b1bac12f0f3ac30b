// Says where a rule's events go: at most five targets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html

import type { PutTargetsInput, PutTargetsOutput, Target } from "../../../models/events.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { invalid, limitExceeded } from "../errors.ts";
import { checkInput } from "../rules/target-input.ts";
import { operation, ruleAt, targetsOf, type EventsContext } from "../store.ts";

const TARGETS = 5;
const UNKNOWN = [
  "RunCommandParameters",
  "EcsParameters",
  "BatchParameters",
  "RedshiftDataParameters",
  "SageMakerPipelineParameters",
  "AppSyncParameters",
] as const;

export const putTargets = operation<PutTargetsInput, PutTargetsOutput>((input, context) => {
  const rule = ruleAt(context, { bus: input.EventBusName, rule: input.Rule });
  for (const target of input.Targets) check(target, context);
  const ids = new Set([...targetsOf(context.store, rule), ...input.Targets].map((target) => target.Id));
  if (ids.size > TARGETS) throw limitExceeded();
  for (const target of input.Targets) context.store.targets.put(compositeKey(rule.bus, rule.name, target.Id), target);
  return { FailedEntryCount: 0, FailedEntries: [] };
});

function check(target: Target, context: EventsContext): void {
  if (parseArn(target.Arn) === undefined)
    throw invalid(`Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  const api = target.Arn.includes(":api-destination/");
  const kinesis = parseArn(target.Arn)?.service === "kinesis";
  if ((api || kinesis) && target.RoleArn === undefined) throw invalid(`RoleArn is required for target ${target.Arn}.`);
  if (!kinesis && target.KinesisParameters !== undefined)
    throw invalid(`Parameter(s) KinesisParameters not valid for target: ${target.Id}.`);
  if (!api && target.HttpParameters !== undefined) throw notEmulated("HttpParameters of an EventBridge target");
  const unknown = UNKNOWN.find((name) => target[name] !== undefined);
  if (unknown !== undefined) throw notEmulated(`${unknown} of an EventBridge target`);
  if (!context.ports.targets.accepts(target.Arn)) throw notEmulated(`EventBridge targets such as ${target.Arn}`);
  if (
    target.Arn.endsWith(".fifo") &&
    target.Arn.includes(":sqs:") &&
    target.SqsParameters?.MessageGroupId === undefined
  ) {
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${target.Id}.`);
  }
  checkInput(target);
}
