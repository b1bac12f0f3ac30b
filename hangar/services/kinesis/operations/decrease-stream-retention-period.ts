// Keeps records for a shorter time: older ones are gone at once. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DecreaseStreamRetentionPeriod.html

import type {
  DecreaseStreamRetentionPeriodInput,
  DecreaseStreamRetentionPeriodOutput,
} from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { trimStream } from "../engine/trim-stream.ts";
import { invalidArgument } from "../errors.ts";
import { checkRetention } from "../rules/retention.ts";
import { operation } from "../store.ts";

export const decreaseStreamRetentionPeriod = operation<
  DecreaseStreamRetentionPeriodInput,
  DecreaseStreamRetentionPeriodOutput
>((input, context) => {
  const place = findStream(context, input);
  const { stream, store } = place;
  const hours = input.RetentionPeriodHours;
  checkRetention(hours);
  if (hours > stream.retentionHours)
    throw invalidArgument(
      `Requested retention period (${hours} hours) for stream ${stream.name} can not be longer than existing retention period (${stream.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
    );
  // What was to go by now does not come back.
  trimStream(context, place);
  const changed = { ...(store.streams.get(stream.name) ?? stream), retentionHours: hours };
  store.streams.put(stream.name, changed);
  trimStream(context, { store, stream: changed });
  return {};
});
