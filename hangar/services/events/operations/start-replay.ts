// Sends an archive's events of some time to their bus again. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html

import type { StartReplayInput, StartReplayOutput } from "../../../models/events.d.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { invalid, limitExceeded, replayExists } from "../errors.ts";
import { busAt, operation, type EventsContext, type Replay } from "../store.ts";

const MOST_AT_ONCE = 10;
const UNDER_WAY = ["STARTING", "RUNNING"];

export const startReplay = operation<StartReplayInput, StartReplayOutput>((input, context) => {
  const { account, region, clock, store, scheduler } = context;
  const { ReplayName: name, Destination } = input;
  const bus = busAt(context, Destination.Arn);
  const archiveName = (parseArn(input.EventSourceArn)?.resource ?? "").replace(/^archive\//, "");
  const archive = store.archives.get(archiveName);
  if (archive === undefined)
    throw invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${archiveName} does not exist.`);
  if (archive.bus !== bus.name)
    throw invalid("Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
  const [from, to] = [input.EventStartTime.getTime(), input.EventEndTime.getTime()];
  if (from >= to)
    throw invalid("Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
  if (store.replays.has(name)) throw replayExists(name);
  checkCount(context);
  const replay: Replay = {
    name,
    arn: `arn:aws:events:${region}:${account}:replay/${name}`,
    archive: archive.name,
    archiveArn: archive.arn,
    bus: bus.name,
    busArn: bus.arn,
    rules: Destination.FilterArns,
    description: input.Description,
    from,
    to,
    state: "STARTING",
    started: clock.now(),
    work: scheduler.later("events.replay", { name }),
  };
  store.replays.put(name, replay);
  return { ReplayArn: replay.arn, State: replay.state, ReplayStartTime: new Date(replay.started) };
});

function checkCount({ store }: EventsContext): void {
  const active = [...store.replays.rows()].filter((replay) => UNDER_WAY.includes(replay.state));
  if (active.length >= MOST_AT_ONCE) throw limitExceeded();
}
