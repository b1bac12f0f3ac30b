// Tells of what happened to an object: pending work when the bucket wants notifications, nothing otherwise.

import type { Caller } from "../../../cloud/operation.ts";
import { keepGivenTraceHeader } from "../../../cloud/trace-header.ts";
import type { Found } from "../rules/find-bucket.ts";
import type { Happening } from "../rules/notifications.ts";
import { sequencer } from "../rules/version-order.ts";
import type { Context, Version } from "../store.ts";

export type News = {
  /** e.g. `ObjectCreated:Put`. */
  readonly event: string;
  readonly reason?: string | undefined;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
  /** Sequencers come with creations and removals only. */
  readonly sequenced?: boolean;
  /** Who did it, where that is not who calls. */
  readonly by?: Caller | undefined;
  readonly replication?: Happening["replication"];
  readonly restored?: Happening["restored"];
};

export function announce(context: Context, { bucket }: Found, version: Version, news: News): void {
  if (bucket.notification === undefined) return;
  const { request } = context;
  keepGivenTraceHeader(context);
  const caller = news.by ?? context.caller;
  const happening: Happening = {
    event: news.event,
    bucket: bucket.name,
    key: version.key,
    ...contentOf(version, news.event),
    versionId: version.versionId === "null" ? undefined : version.versionId,
    sequencer: news.sequenced === false ? undefined : sequencer(version.sequence),
    time: context.clock.now(),
    requestId: request.id,
    sourceIp: request.sourceIp,
    principal: principalOf(caller.kind, caller.userId),
    requester: caller.kind === "service" ? caller.arn : caller.account,
    reason: news.reason,
    detail: news.detail,
    replication: news.replication,
    restored: news.restored,
  };
  context.scheduler.later("s3.notify", happening);
}

/** What sets tags or grants tells no size, what removes nothing at all; a delete marker counts as empty. */
function contentOf(version: Version, event: string): Pick<Happening, "size" | "etag"> {
  if (event.endsWith(":DeleteMarkerCreated")) return { etag: "d41d8cd98f00b204e9800998ecf8427e" };
  if (version.marker === true) return {};
  const isSized = !/^Object(Tagging|Acl):/.test(event);
  return { size: isSized ? version.size : undefined, etag: version.etag };
}

function principalOf(kind: string, userId: string): string {
  if (kind === "anonymous") return "Anonymous";
  return `AWS:${userId}`;
}
