// `hangar compare`: runs a recorded suite again on the embedded target, and says every difference by call and field.

import { writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { VERSION } from "../cloud/version.ts";
import { compareRecordings } from "../comparison/compare.ts";
import { readRecording } from "../comparison/recording.ts";
import { comparisonPage, comparisonText } from "../comparison/report.ts";
import { appOptions, warmOptions } from "./app.ts";
import { flag, say, sayAside, UsageError, type Command, type Words } from "./command.ts";
import { testEmbedded } from "./test.ts";

const OURS = join(".hangar", "comparison");
const PAGE = join(".hangar", "comparison.md");

export const command: Command = {
  name: "compare",
  says: "Run a recorded suite again here, and say what differs from the recording; exit 1 when anything does.",
  usage: "compare DIR [OTHER] [--json]   (DIR is from hangar test --target aws --record DIR; OTHER instead of a run)",
  options: {
    ...appOptions,
    ...warmOptions,
    json: { type: "boolean", says: "print the differences as JSON" },
  },
  takesNames: true,
  async run(words) {
    const [folder, other, ...more] = words.rest;
    if (folder === undefined || more.length > 0)
      throw new UsageError("Give the recording's folder: hangar compare DIR");
    const recorded = readRecording(resolve(folder));
    if (other === undefined) await runAgain(words, recorded);
    const comparison = compareRecordings(recorded, readRecording(resolve(other ?? OURS)));
    const versions = { "compared by Hangar": VERSION, Node: process.version };
    writeFileSync(PAGE, comparisonPage(recorded, comparison, versions));
    say(
      flag(words, "json")
        ? JSON.stringify({ ...comparison, recorded: headOf(recorded) }, null, 2)
        : comparisonText(comparison),
    );
    sayAside(`To attach to a bug: ${relative(process.cwd(), resolve(PAGE))}`);
    return comparison.differences.length > 0 || comparison.tests === 0 ? 1 : 0;
  },
};

/** A test that fails here differs from one that passed there: the exit code of the run says nothing more. */
async function runAgain(words: Words, { config, flags }: ReturnType<typeof readRecording>): Promise<void> {
  await testEmbedded({ values: { ...words.values, config, record: OURS }, rest: flags, raw: [] }, true);
}

function headOf({ target, hangar, flags }: ReturnType<typeof readRecording>): object {
  return { target, hangar, flags };
}
