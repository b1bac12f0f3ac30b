// What the report is written as: Markdown and SARIF, from findings of every kind.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { rules } from "../rules.ts";
import type { ReportedFinding } from "../finding.ts";
import type { ReadinessReport } from "../report.ts";
import { markdownOf } from "./markdown.ts";
import { sarifOf } from "./sarif.ts";
import { terminalLines } from "./terminal.ts";

const finding = (more: Partial<ReportedFinding>): ReportedFinding => ({
  rule: "inert",
  level: "error",
  stack: "Shop",
  logicalId: "Jobs1",
  path: "Shop/Orders/Jobs",
  type: "AWS::SQS::Queue",
  template: "cdk.out/Shop.template.json",
  source: "stack/orders.ts:8:5",
  message: "KmsMasterKeyId has no effect here.",
  help: "Allow it.",
  property: "KmsMasterKeyId",
  ...more,
});
const report: ReadinessReport = {
  stacks: ["Shop"],
  resources: [{ type: "AWS::SQS::Queue", count: 2, state: "emulated" }],
  properties: [{ type: "AWS::SQS::Queue", property: "KmsMasterKeyId", count: 2, state: "inert", why: "not encrypted" }],
  operations: [{ operation: "s3:PutObject", calls: 3, state: "verified" }],
  findings: [
    finding({ allowed: { reason: "no secrets in it", until: "2027-01-31" }, path: "Shop/Mail" }),
    finding({ rule: "fixed-name", level: "note", message: "Names with _stars_ and <tags>", help: undefined as never }),
    finding({}),
    finding({ path: "Shop/Orders/Dead", logicalId: "Dead2" }),
    { rule: "expired-allowance", level: "error", stack: "hangar.config.ts", message: "It ended." },
  ],
};

test("Markdown: totals, what stands in the way, and the rest folded", () => {
  expect(markdownOf(report).split("\n")).toEqual([
    "### hangar check: 3 errors, 1 note, 1 allowed",
    "",
    "| Shop | verified | emulated | inert | missing |",
    "|---|---:|---:|---:|---:|",
    "| resource types | 0 | 1 | 0 | 0 |",
    "| properties | 0 | 0 | 1 | 0 |",
    "| operations called | 1 | 0 | 0 | 0 |",
    "",
    "- **error** `inert`: KmsMasterKeyId has no effect here.",
    "  `Shop/Orders/Jobs`, `Shop/Orders/Dead`",
    "  Allow it.",
    "- **error** `expired-allowance`: It ended.",
    "  `hangar.config.ts`",
    "",
    "<details><summary>Notes (1)</summary>",
    "",
    "- **note** `fixed-name`: Names with \\_stars\\_ and \\<tags\\>",
    "  `Shop/Orders/Jobs`",
    "",
    "</details>",
    "",
    "<details><summary>Allowed (1)</summary>",
    "",
    "- **error** `inert`: KmsMasterKeyId has no effect here.",
    "  `Shop/Mail`",
    "  Until 2027-01-31: no secrets in it",
    "",
    "</details>",
    "",
  ]);
});

const schema = JSON.parse(readFileSync(new URL("./fixtures/sarif-excerpt.json", import.meta.url), "utf8")) as object;
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
type Log = { runs: [{ results: Record<string, unknown>[]; tool: { driver: { rules: { id: string }[] } } }] };
const log = (): Log => JSON.parse(JSON.stringify(sarifOf(report, { rules, version: "1.2.3" }))) as Log;

const wide = finding({
  rule: "unused-permissions",
  level: "warning",
  message: "The role may, and the last suite never did: s3:DeleteObject.",
  instead: { json: { Action: "s3:GetObject" }, cdk: "bucket.grantRead(`handler`);" },
});
const used: ReadinessReport = {
  ...report,
  findings: [wide],
  coverage: [
    { kind: "handler", stack: "Shop", logicalId: "A", name: "Shop/Take", used: 3, failed: 1 },
    { kind: "handler", stack: "Shop", logicalId: "B", name: "Shop/Give", used: 0, failed: 0 },
    { kind: "route", stack: "Shop", logicalId: "C", name: "GET /jobs", used: 1, failed: 0 },
  ],
};

test("Markdown: what the suite used, and the policy that suffices, in a fence that its text cannot close", () => {
  const lines = markdownOf(used).split("\n");
  expect(lines).toContain("Used by the last suite: handlers 1 of 2, routes 1 of 1.");
  expect(lines.slice(lines.indexOf("  <details><summary>What suffices</summary>"))).toEqual([
    "  <details><summary>What suffices</summary>",
    "",
    "  ```json",
    "  {",
    '    "Action": "s3:GetObject"',
    "  }",
    "  ```",
    "",
    "  ```ts",
    "  bucket.grantRead(`handler`);",
    "  ```",
    "",
    "  </details>",
    "",
    "",
  ]);
  const hostile = { ...wide, instead: { json: { Sid: "```\n# closed" } } };
  expect(markdownOf({ ...used, findings: [hostile] }).split("\n")).toContain("  ````json");
});

test("a terminal: what the suite used, and what suffices where all is asked for", () => {
  const short = terminalLines(used, { all: false });
  expect(short).toContain("used by the last suite: handlers 1 of 2, routes 1 of 1");
  expect(short).toContain("         What suffices: --all");
  const long = terminalLines(used, { all: true });
  expect(long).toContain("handler       never used: Shop/Give");
  expect(long).toContain("           bucket.grantRead(`handler`);");
});

test("SARIF: as its schema has it, with a rule, a level and a place for each result", () => {
  const sarif = log();
  expect(isSarif(sarif), JSON.stringify(isSarif.errors)).toBe(true);
  const [{ results, tool }] = sarif.runs;
  expect(results.map(({ ruleId, level }) => `${String(level)} ${String(ruleId)}`)).toEqual([
    "error inert",
    "note fixed-name",
    "error inert",
    "error inert",
    "error expired-allowance",
  ]);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[Number(ruleIndex)]?.id).toBe(ruleId);
  expect(results[0]).toMatchObject({
    message: { text: "Shop/Mail: KmsMasterKeyId has no effect here. Allow it." },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: "stack/orders.ts" }, region: { startLine: 8, startColumn: 5 } },
        logicalLocations: [{ fullyQualifiedName: "Shop/Jobs1/KmsMasterKeyId" }],
      },
    ],
    suppressions: [{ kind: "external", justification: "Until 2027-01-31: no secrets in it" }],
  });
});

test("SARIF: without a place in the code it is the template's", () => {
  const { source: _, ...placeless } = finding({});
  const sarif = sarifOf({ ...report, findings: [placeless] }, { rules, version: "1" }) as Log;
  expect(sarif.runs[0].results[0]).toMatchObject({
    locations: [{ physicalLocation: { artifactLocation: { uri: "cdk.out/Shop.template.json" } } }],
  });
});

test("the schema refuses what is not SARIF", () => {
  const sarif = log();
  const [first] = sarif.runs[0].results;
  expect(isSarif({ ...sarif, version: "2.0.0" })).toBe(false);
  expect(isSarif({ ...sarif, runs: [{ ...sarif.runs[0], results: [{ ...first, level: "fatal" }] }] })).toBe(false);
  expect(isSarif({ ...sarif, runs: [{ ...sarif.runs[0], results: [{ ...first, place: "here" }] }] })).toBe(false);
});
