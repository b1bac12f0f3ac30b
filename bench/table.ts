// Results as one table: what, measured, against what, ratio, aim.

export type Row = {
  readonly what: string;
  readonly measured: string;
  readonly against?: string;
  readonly ratio?: number;
  readonly aim?: string;
  /** "met", or by how much the aim is missed. */
  readonly verdict?: string;
};

export function markdown(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.measured,
    row.against ?? "",
    row.ratio === undefined ? "" : row.ratio.toFixed(2),
    row.aim ?? "",
    row.verdict ?? "",
  ]);
  const lines = [
    ["what", "measured", "beside it", "ratio", "aim", ""],
    ["---", "---", "---", "---", "---", "---"],
    ...cells,
  ];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

type Aimed = { readonly aim: string; readonly verdict: string };

const MET = "met";

export const isMissed = ({ verdict = MET }: Row): boolean => verdict !== MET;

/** `unit` is how the limit is written: "ms", "MB". */
export function atMost(limit: number, value: number, unit = ""): Aimed {
  const verdict = value <= limit ? MET : `missed: ${(value / limit).toFixed(2)} times the aim`;
  return { aim: `<= ${limit} ${unit}`.trim(), verdict };
}

export function atLeast(limit: number, value: number): Aimed {
  return { aim: `>= ${limit}`, verdict: value >= limit ? MET : `missed: ${(value / limit).toFixed(2)} of the aim` };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function ms(value: number): string {
  if (value < 0.1) return `${(value * 1000).toFixed(1)} µs`;
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

/** Time of one run in milliseconds. */
export async function timed(run: () => unknown): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** Median of several runs, in milliseconds. */
export async function medianOf(runs: number, run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < runs; index += 1) times.push(await timed(run));
  return median(times);
}
