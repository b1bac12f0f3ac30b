// Stops a replay that has not ended. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CancelReplay.html

import type { CancelReplayInput, CancelReplayOutput } from "../../../models/events.d.ts";
import { replayOver } from "../errors.ts";
import { replayAt } from "../rules/archive.ts";
import { operation } from "../store.ts";

export const cancelReplay = operation<CancelReplayInput, CancelReplayOutput>((input, context) => {
  const replay = replayAt(context, input.ReplayName);
  if (replay.state !== "STARTING") throw replayOver(replay.name);
  if (replay.work !== undefined) context.scheduler.cancel(replay.work);
  context.store.replays.put(replay.name, {
    ...replay,
    state: "CANCELLED",
    ended: context.clock.now(),
    work: undefined,
  });
  return { ReplayArn: replay.arn, State: "CANCELLING" };
});
