// Runs a replay: the archive's events of its time, oldest first, each under the replay's name.

import { keptEvents, replayedEvent } from "../rules/archive.ts";
import type { EventsContext } from "../store.ts";
import { route } from "./route-event.ts";

export function replayEvents({ name }: { readonly name: string }, context: EventsContext): void {
  const { store, clock } = context;
  const replay = store.replays.get(name);
  if (replay === undefined || replay.state !== "STARTING") return;
  const archive = store.archives.get(replay.archive);
  const events = archive === undefined ? [] : keptEvents(context, archive, replay);
  for (const { event } of events) route(context, replay.bus, replayedEvent(event, name), { rules: replay.rules });
  store.replays.put(name, {
    ...replay,
    state: archive === undefined ? "FAILED" : "COMPLETED",
    ended: clock.now(),
    last: events.at(-1)?.at,
    work: undefined,
  });
}
