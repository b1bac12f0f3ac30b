// Delivers what happened to an object to whom the bucket's configuration names.

import { AwsError } from "../../../kernel/aws-error.ts";
import { principalOf } from "../engine/destinations.ts";
import { bridgeEntry } from "../rules/bridge-events.ts";
import { lookUp } from "../rules/find-bucket.ts";
import { concerns, eventRecord, targetsOf, type Happening } from "../rules/notifications.ts";
import type { Context } from "../store.ts";

/** S3 delivers at least once and never tells the writer of a failure; the trace shows it. */
export async function notify(happening: Happening, context: Context): Promise<void> {
  const found = lookUp(context, happening.bucket);
  const configuration = found?.bucket.notification;
  if (found === undefined || configuration === undefined) return;
  const { bucket } = found;
  const as = principalOf(bucket);
  for (const target of targetsOf(configuration)) {
    if (!concerns(target, happening.event, happening.key)) continue;
    const event = JSON.stringify({ Records: [eventRecord(bucket, happening, target.id)] });
    await quietly(() => context.ports.targets.deliver(target.arn, event, { as, subject: "Amazon S3 Notification" }));
  }
  const entry = configuration.EventBridgeConfiguration === undefined ? undefined : bridgeEntry(bucket, happening);
  if (entry === undefined) return;
  await quietly(() =>
    context.ports.api.call(
      "events",
      "PutEvents",
      { Entries: [entry] },
      { as, account: bucket.account, region: bucket.region },
    ),
  );
}

async function quietly(deliver: () => Promise<unknown>): Promise<void> {
  try {
    await deliver();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated" || error.status >= 500) throw error;
  }
}
