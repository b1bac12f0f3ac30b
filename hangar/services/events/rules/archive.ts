// Archives of a bus's events: how they are kept, counted and shown. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html

import { compositeKey } from "../../../kernel/table.ts";
import type { Archive as Shown, Replay as ShownReplay } from "../../../models/events.d.ts";
import { archiveNotFound, replayNotFound } from "../errors.ts";
import type { Archive, ArchivedEvent, EventsContext, Replay } from "../store.ts";

const DAY = 86_400_000;

/** Events stand in the order they came in. */
export function archivedKey(archive: string, at: number, mark = ""): string {
  return compositeKey(archive, String(at).padStart(15, "0"), mark);
}

export function archiveAt({ store }: EventsContext, name: string): Archive {
  const found = store.archives.get(name);
  if (found === undefined) throw archiveNotFound(name);
  return found;
}

export function replayAt({ store }: EventsContext, name: string): Replay {
  const found = store.replays.get(name);
  if (found === undefined) throw replayNotFound(name);
  return found;
}

/** Those from one time up to another that are still kept; older ones are forgotten on the way. */
export function keptEvents(
  { store, clock }: EventsContext,
  { name, retentionDays }: Archive,
  { from, to }: { readonly from: number; readonly to: number },
): ArchivedEvent[] {
  const oldest = retentionDays === 0 ? 0 : clock.now() - retentionDays * DAY;
  const gone = [...store.archived.keys({ prefix: compositeKey(name, ""), to: archivedKey(name, oldest) })];
  for (const key of gone) store.archived.delete(key);
  const range = { from: archivedKey(name, Math.max(0, from)), to: archivedKey(name, to) };
  return [...store.archived.rows({ prefix: compositeKey(name, ""), ...range })];
}

const END_OF_TIME = 999_999_999_999_999;

export function shownArchive(context: EventsContext, archive: Archive): Shown {
  const events = keptEvents(context, archive, { from: 0, to: END_OF_TIME });
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.busArn,
    State: "ENABLED",
    RetentionDays: archive.retentionDays,
    SizeBytes: events.reduce((size, { event }) => size + Buffer.byteLength(event), 0),
    EventCount: events.length,
    CreationTime: new Date(archive.created),
  };
}

export function shownReplay(replay: Replay): ShownReplay {
  const { name, archiveArn, state, from, to, started, ended, last } = replay;
  return {
    ReplayName: name,
    EventSourceArn: archiveArn,
    State: state,
    EventStartTime: new Date(from),
    EventEndTime: new Date(to),
    ...(last === undefined ? {} : { EventLastReplayedTime: new Date(last) }),
    ReplayStartTime: new Date(started),
    ...(ended === undefined ? {} : { ReplayEndTime: new Date(ended) }),
  };
}

/** The event as a replay sends it: its name stands among the members (recorded). */
export function replayedEvent(event: string, name: string): string {
  const {
    version,
    id,
    "detail-type": type,
    source,
    account,
    time,
    region,
    ...rest
  } = JSON.parse(event) as Readonly<Record<string, unknown>>;
  return JSON.stringify({
    version,
    id,
    "detail-type": type,
    source,
    account,
    time,
    region,
    "replay-name": name,
    ...rest,
  });
}
