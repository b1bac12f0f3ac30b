// Shard ids: `shardId-` and twelve digits.

const MOST = 2_147_483_647;

export function shardId(index: number): string {
  return `shardId-${String(index).padStart(12, "0")}`;
}

/** AWS takes any prefix, and the number alone; undefined when there is no number in it. */
export function shardIndex(id: string): number | undefined {
  const digits = id.includes("-") ? (id.split("-")[1] ?? "") : id;
  if (!/^\d+$/.test(digits)) return undefined;
  const index = Number(digits);
  return index <= MOST ? index : undefined;
}
