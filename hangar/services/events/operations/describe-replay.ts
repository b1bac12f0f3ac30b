// Shows a replay. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeReplay.html

import type { DescribeReplayInput, DescribeReplayOutput } from "../../../models/events.d.ts";
import { replayAt, shownReplay } from "../rules/archive.ts";
import { operation } from "../store.ts";

export const describeReplay = operation<DescribeReplayInput, DescribeReplayOutput>((input, context) => {
  const replay = replayAt(context, input.ReplayName);
  return {
    ...shownReplay(replay),
    ReplayArn: replay.arn,
    Description: replay.description,
    Destination: { Arn: replay.busArn, FilterArns: replay.rules },
  };
});
