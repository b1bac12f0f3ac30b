// The chain of invocations that led to one, as the Lineage of X-Ray's header counts it, and where Lambda stops a loop.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html

import { createHash } from "node:crypto";

/** The seventeenth invocation of a chain is stopped. */
export const MAX_LOOPS = 16;

/** Services whose events are followed; a role's or user's own calls are, too. */
const FOLLOWED = new Set(["sns.amazonaws.com", "s3.amazonaws.com"]);

export function isFollowed(caller: { readonly kind: string; readonly arn: string }): boolean {
  return caller.kind !== "service" || FOLLOWED.has(caller.arn);
}

/** `a87bd80c:1|68fd508a:5` */
export function lineageOf(header: string | undefined): string | undefined {
  return /(?:^|;)\s*Lineage=([0-9a-f:|]+)/.exec(header ?? "")?.[1];
}

/** How often the chain has come through the function. */
export function loopsOf(lineage: string | undefined, functionArn: string): number {
  return countsOf(lineage).get(hashOf(functionArn)) ?? 0;
}

/** With one more invocation of the function. */
export function extended(lineage: string | undefined, functionArn: string): string {
  const counts = countsOf(lineage);
  const hash = hashOf(functionArn);
  counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return Array.from(counts, ([each, count]) => `${each}:${count}`).join("|");
}

function countsOf(lineage = ""): Map<string, number> {
  const parts = lineage.split("|").map((part) => part.split(":"));
  return new Map(parts.flatMap(([hash = "", count]) => (hash === "" ? [] : [[hash, Number(count ?? 0)]])));
}

function hashOf(functionArn: string): string {
  return createHash("sha256").update(functionArn).digest("hex").slice(0, 8);
}
