// Reports a bucket's inventory at midnight (UTC): daily, or at first and then on Sundays.

import { reportInventory } from "../engine/inventory-report.ts";
import { lookUp } from "../rules/find-bucket.ts";
import { sharedStore, type Context } from "../store.ts";

const DAY = 86_400_000;

type Due = { readonly bucket: string; readonly id: string; readonly at: number };

export function scheduleInventory(context: Context, bucket: string, id: string): void {
  const at = (Math.floor(context.clock.now() / DAY) + 1) * DAY;
  context.scheduler.at(at, "s3.inventory", { bucket, id, at } satisfies Due);
}

/** When a configuration last had its turn: those set anew are scheduled again, and a day has one report. */
export function inventoryRun(bucket: string, id: string): string {
  return `${bucket}\u0000inventory\u0000${id}`;
}

export async function inventory({ bucket, id, at }: Due, context: Context): Promise<void> {
  const found = lookUp(context, bucket);
  const configuration = found?.bucket.inventory?.[id];
  if (found === undefined || configuration === undefined) return;
  const { runs } = sharedStore(context);
  const last = runs.get(inventoryRun(bucket, id));
  if (last !== undefined && last >= at) return;
  const isSunday = new Date(at).getUTCDay() === 0;
  const isDue = configuration.Schedule.Frequency === "Daily" || last === undefined || isSunday;
  scheduleInventory(context, bucket, id);
  if (!configuration.IsEnabled) return;
  runs.put(inventoryRun(bucket, id), at);
  if (isDue) await reportInventory(context, found, configuration);
}
