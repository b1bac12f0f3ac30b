// Which call of one recording is which of another: the longest row of calls that both have, counted from the end, where waiting ends.

import type { RecordedCall } from "./recording.ts";

export type Aligned = { readonly recorded: RecordedCall | undefined; readonly ours: RecordedCall | undefined };

/** In the order of the calls; one side is undefined where only the other has the call. */
export function alignedCalls(recorded: readonly RecordedCall[], ours: readonly RecordedCall[]): readonly Aligned[] {
  const longest = rows(recorded.map(kindOf), ours.map(kindOf));
  const found: Aligned[] = [];
  let [left, right] = [recorded.length, ours.length];
  while (left > 0 || right > 0) {
    const [one, other] = [recorded[left - 1], ours[right - 1]];
    const at = (ofRecorded: number, ofOurs: number): number => longest[ofRecorded]?.[ofOurs] ?? -1;
    if (one !== undefined && other !== undefined && kindOf(one) === kindOf(other)) {
      found.push({ recorded: one, ours: other });
      left -= 1;
      right -= 1;
    } else if (right === 0 || (left > 0 && at(left - 1, right) >= at(left, right - 1))) {
      found.push({ recorded: one, ours: undefined });
      left -= 1;
    } else {
      found.push({ recorded: undefined, ours: other });
      right -= 1;
    }
  }
  return found.toReversed();
}

/** What a call is, whatever it is given: of a request the route. */
export function kindOf({ service, operation, input }: RecordedCall): string {
  if (service !== "http") return `${service}:${operation}`;
  const { url = "" } = input as { readonly url?: string };
  const [path = ""] = url.split("?");
  return `http:${operation} ${path.replaceAll(/<[^<>]*>/g, "<>")}`;
}

/** Length of the longest common row of the first n and m. */
function rows(one: readonly string[], other: readonly string[]): readonly (readonly number[])[] {
  const lengths: number[][] = [other.map(() => 0).concat(0)];
  for (const [at, kind] of one.entries()) {
    const above = lengths[at] ?? [];
    const row = [0];
    for (const [beside, ofOther] of other.entries())
      row.push(kind === ofOther ? (above[beside] ?? 0) + 1 : Math.max(above[beside + 1] ?? 0, row[beside] ?? 0));
    lengths.push(row);
  }
  return lengths;
}
