// Switches a stream between provisioned and on-demand capacity: its shards stay. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamMode.html

import type { UpdateStreamModeInput, UpdateStreamModeOutput } from "../../../models/kinesis.d.ts";
import { checkOnDemandLimit } from "../engine/account-shards.ts";
import { checkWarmThroughput } from "../engine/commitment.ts";
import { findStream } from "../engine/find-stream.ts";
import { limitExceeded } from "../errors.ts";
import { ofLastDay } from "../rules/reshardable.ts";
import { operation } from "../store.ts";

const TIMES_A_DAY = 2;

export const updateStreamMode = operation<UpdateStreamModeInput, UpdateStreamModeOutput>((input, context) => {
  const { stream, store } = findStream(context, input);
  const mode = input.StreamModeDetails.StreamMode;
  if (input.WarmThroughputMiBps !== undefined) checkWarmThroughput(context, mode, input.WarmThroughputMiBps);
  const now = context.clock.now();
  const recent = ofLastDay(stream.modeChanged, now);
  const changes = mode !== stream.mode;
  if (changes && recent.length >= TIMES_A_DAY)
    throw limitExceeded(
      `Stream ${stream.name} under account ${stream.account} can switch between on-demand and provisioned mode at most twice in a rolling 24-hour period.`,
    );
  if (changes && mode === "ON_DEMAND") checkOnDemandLimit(context);
  const { warmMiBps: _warm, distribution: _distribution, ...provisioned } = stream;
  store.streams.put(stream.name, {
    ...(mode === "ON_DEMAND" ? stream : provisioned),
    mode,
    ...(input.WarmThroughputMiBps === undefined ? {} : { warmMiBps: input.WarmThroughputMiBps }),
    modeChanged: changes ? [...recent, now] : stream.modeChanged,
  });
  return {};
});
