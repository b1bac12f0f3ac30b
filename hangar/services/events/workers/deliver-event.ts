// One delivery to one target: tried again with growing waits on the clock, then sent to the dead-letter queue.

import { AwsError } from "../../../kernel/aws-error.ts";
import { compositeKey } from "../../../kernel/table.ts";
import type { Target } from "../../../models/events.d.ts";
import { errorCodeOf, isFinal } from "../rules/failure.ts";
import type { EventsContext, Rule } from "../store.ts";

export type Delivery = {
  readonly bus: string;
  readonly rule: string;
  readonly target: string;
  /** What the target receives. */
  readonly input: string;
  /** Of a Kinesis stream's record. */
  readonly partitionKey?: string;
  readonly attempt: number;
  /** When it was first tried. */
  readonly first: number;
};

/** AWS's defaults: 24 hours and 185 attempts. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const MAX_AGE_SECONDS = 86_400;
const MAX_ATTEMPTS = 185;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 20 * 60_000;

export async function deliverEvent(delivery: Delivery, context: EventsContext): Promise<void> {
  const rule = context.store.rules.get(compositeKey(delivery.bus, delivery.rule));
  const target = context.store.targets.get(compositeKey(delivery.bus, delivery.rule, delivery.target));
  if (rule === undefined || target === undefined) return;
  try {
    await deliver(delivery, { rule, target }, context);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const next = nextAttempt(delivery, target, { error, now: context.clock.now() });
    if (typeof next === "number")
      context.scheduler.at(next, "events.deliver", { ...delivery, attempt: delivery.attempt + 1 });
    else await deadLetter(delivery, { rule, target, error, exhausted: next }, context);
  }
}

type Route = { readonly rule: Rule; readonly target: Target };

async function deliver(delivery: Delivery, { rule, target }: Route, context: EventsContext): Promise<void> {
  await context.ports.targets.deliver(target.Arn, delivery.input, {
    as: { service: "events.amazonaws.com", sourceArn: rule.arn, sourceAccount: context.account },
    roleArn: target.RoleArn,
    groupId: target.SqsParameters?.MessageGroupId,
    ...(target.HttpParameters === undefined ? {} : { parameters: { HttpParameters: target.HttpParameters } }),
    ...(delivery.partitionKey === undefined ? {} : { parameters: { PartitionKey: delivery.partitionKey } }),
  });
}

/** When to try again; or which limit of the policy has been reached, undefined where trying is of no use. */
function nextAttempt(
  { attempt, first }: Delivery,
  target: Target,
  { error, now }: { readonly error: AwsError; readonly now: number },
): number | string | undefined {
  if (isFinal(error)) return undefined;
  const { MaximumRetryAttempts: attempts = MAX_ATTEMPTS, MaximumEventAgeInSeconds: age = MAX_AGE_SECONDS } =
    target.RetryPolicy ?? {};
  if (attempt >= attempts) return "MaximumRetryAttempts";
  const at = now + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return at > first + age * 1000 ? "MaximumEventAgeInSeconds" : at;
}

type Lost = Route & { readonly error: AwsError; readonly exhausted: string | undefined };

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
async function deadLetter(
  { input, attempt }: Delivery,
  { rule, target, error, exhausted }: Lost,
  context: EventsContext,
): Promise<void> {
  const queue = target.DeadLetterConfig?.Arn;
  if (queue === undefined) return;
  const text = (value: string): { DataType: string; StringValue: string } => ({
    DataType: "String",
    StringValue: value,
  });
  await context.ports.targets
    .deliver(queue, input, {
      as: { service: "events.amazonaws.com", sourceArn: rule.arn, sourceAccount: context.account },
      messageAttributes: {
        RULE_ARN: text(rule.arn),
        TARGET_ARN: text(target.Arn),
        ERROR_CODE: text(errorCodeOf(error)),
        ERROR_MESSAGE: text(error.message),
        ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
        RETRY_ATTEMPTS: text(String(attempt)),
      },
    })
    .catch((refused: unknown) => {
      // A dead-letter queue that refuses loses the event, as on AWS; the trace has the refusal.
      if (!(refused instanceof AwsError)) throw refused;
    });
}
