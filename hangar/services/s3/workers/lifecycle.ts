// Runs a bucket's lifecycle rules, once a day while it has any.

import { runLifecycle, scheduleLifecycle } from "../engine/lifecycle-runs.ts";
import { lookUp } from "../rules/find-bucket.ts";
import { sharedStore, type Context } from "../store.ts";

/** Rules set anew schedule again: the last day run is remembered, so that a day has one run. */
export function lifecycle({ bucket, at }: { readonly bucket: string; readonly at: number }, context: Context): void {
  const found = lookUp(context, bucket);
  if (found?.bucket.lifecycle === undefined) return;
  const { runs } = sharedStore(context);
  if ((runs.get(bucket) ?? 0) >= at) return;
  runs.put(bucket, at);
  runLifecycle(context, found);
  scheduleLifecycle(context, found.bucket);
}
