// A comparison for people: every difference below its test and call, to be read, or to be attached to a bug.

import type { CallDifference, Comparison } from "./compare.ts";
import type { RecordingHead } from "./recording.ts";

/** Longer values are in the JSON. */
const LONGEST = 300;

export function comparisonText({ tests, calls, differences, notCompared }: Comparison): string {
  const lines: string[] = [];
  let [test, call] = ["", ""];
  for (const each of differences) {
    if (each.test !== test) lines.push(...(lines.length === 0 ? [] : [""]), each.test);
    const heading = headingOf(each);
    if (heading !== "" && (each.test !== test || heading !== call)) lines.push(`  ${heading}`);
    lines.push(`${heading === "" ? "  " : "    "}${each.path === "" ? "" : `${each.path}: `}${short(each.says)}`);
    [test, call] = [each.test, heading];
  }
  if (notCompared.length > 0) lines.push(...(lines.length === 0 ? [] : [""]), "Not compared:");
  for (const each of notCompared) lines.push(`  ${each.test}: ${each.why}`);
  const count = differences.length;
  const sum = `${tests} tests and ${calls} calls compared: ${count === 0 ? "no difference" : `${count} difference${count === 1 ? "" : "s"}`}.`;
  return [...lines, ...(lines.length === 0 ? [] : [""]), sum].join("\n");
}

/** One file that says what a bug report needs. */
export function comparisonPage(
  recorded: RecordingHead,
  comparison: Comparison,
  versions: Readonly<Record<string, string>>,
): string {
  const facts = { "recorded on": recorded.target, "recorded by Hangar": recorded.hangar, ...versions };
  return [
    "# What differs from the recording",
    "",
    ...Object.entries(facts).map(([name, value]) => `- ${name}: ${value}`),
    "",
    "```",
    comparisonText(comparison),
    "```",
    "",
  ].join("\n");
}

function headingOf({ call, kind }: CallDifference): string {
  return call === undefined ? kind : `call ${call}, ${kind}`;
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
