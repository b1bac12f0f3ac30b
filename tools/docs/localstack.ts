// The table of docs/localstack.md: what each test of the suite came to on LocalStack, from the record that such a run leaves.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "../../hangar/promotion/run-record.ts";
import { textOf } from "../architecture/house.ts";

export const LOCALSTACK_PAGE = "docs/localstack.md";
const [BEGIN, END] = ["<!-- run -->", "<!-- /run -->"] as const;

type Row = { readonly file: string; readonly test: string };

/** The newest whole run on LocalStack that this folder knows of. */
export function localStackRun(project: string): RunRecord {
  const files = globSync(join(project, ".hangar", "runs", "*.json"));
  const runs = files.flatMap(
    (file) => (JSON.parse(readFileSync(file, "utf8")) as { readonly runs: readonly RunRecord[] }).runs,
  );
  const whole = runs.filter(
    ({ place, suite, only }) => place.target === "localstack" && suite === "all" && only.length === 0,
  );
  const newest = whole.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt))[0];
  if (newest === undefined) throw new Error("No whole run on LocalStack is recorded here: npm run e2e:localstack");
  if (newest.result !== "passed")
    throw new Error(`The newest run on LocalStack ${newest.result}: ${newest.failure ?? "a test did"}`);
  return newest;
}

export function withLocalStackRun(page: string, { tests, versions }: RunRecord): string {
  const each = tests.each.toSorted((one, other) => one.file.localeCompare(other.file));
  const unreasoned = each.find(({ state, reason }) => state === "skipped" && reason === undefined);
  if (unreasoned !== undefined)
    throw new Error(`${unreasoned.file} > ${unreasoned.name} was skipped without a reason.`);
  const skipped = each.filter(({ state }) => state === "skipped").length;
  const rows = each.map(({ file, name, state, reason = "" }) => {
    return `| ${file.replace(/^e2e\//, "")} | ${cell(name)} | ${state === "skipped" ? `skipped: ${cell(reason)}` : "passes"} |`;
  });
  const section = [
    BEGIN,
    `${tests.passed} of ${each.length} tests pass there and ${skipped} are skipped (CDK ${versions["aws-cdk-lib"] ?? "?"}).`,
    "",
    "| file | test | on LocalStack community 4.14.0 |",
    "|---|---|---|",
    ...rows,
    END,
  ];
  const [before, rest = ""] = page.split(BEGIN);
  return `${before ?? ""}${section.join("\n")}${rest.split(END)[1] ?? "\n"}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

export function rowsOf(page: string): readonly Row[] {
  const rows = [...page.matchAll(/^\| ([\w-]+\.test\.ts) \| ((?:[^|\\]|\\.)*) \|/gm)];
  return rows.map(([, file = "", test = ""]) => ({ file, test: test.replaceAll("\\|", "|") }));
}

/** Titles of a suite's file, each as what its names look like: of a table of cases there are many. */
export function titlesIn(file: string): readonly { readonly title: string; readonly names: RegExp }[] {
  const found = [...textOf(`e2e/${file}`).matchAll(/(?:\btest|\))\(\s*"((?:[^"\\]|\\.)*)",/g)];
  return found.map(([, title = ""]) => {
    const pattern = title.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replaceAll(/%[sdijfo]/g, ".*");
    return { title, names: new RegExp(`^${pattern}$`) };
  });
}
