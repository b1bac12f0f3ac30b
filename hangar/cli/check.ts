// `hangar check`: how ready the app is for AWS, told before it goes there.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { VERSION } from "../cloud/version.ts";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import { markdownOf } from "../readiness/output/markdown.ts";
import { sarifOf } from "../readiness/output/sarif.ts";
import { terminalLines } from "../readiness/output/terminal.ts";
import { isReady, readiness } from "../readiness/report.ts";
import { rules } from "../readiness/rules.ts";
import { readUsage, type SuiteUsage } from "../readiness/usage.ts";
import { readConfig } from "../targets/config.ts";
import { appOptions, synthFor } from "./app.ts";
import { flag, say, sayAside, text, UsageError, type Command, type Words } from "./command.ts";
import { findInstance, type Instance } from "./instance.ts";

export const command: Command = {
  name: "check",
  says: "Report how ready the app is for AWS: what is emulated how well, and what would fail or hurt there.",
  usage:
    "check [--app cdk.out] [--against TEMPLATE|FOLDER] [--all]\n                    [--json] [--markdown FILE] [--sarif FILE]",
  options: {
    ...appOptions,
    account: { type: "string", says: "for stacks that name no account (hangar.config.ts's targets.aws, 000000000000)" },
    region: { type: "string", says: "for stacks that name no region (hangar.config.ts's targets.aws, us-east-1)" },
    against: {
      type: "string",
      says: "the template, or cdk.out, that stands there: what is replaced or deleted by the new one",
    },
    all: { type: "boolean", says: "every type, and every place of a finding" },
    json: { type: "boolean", says: "as JSON" },
    markdown: { type: "string", says: "file to write it to as Markdown, for a pull request; - for standard output" },
    sarif: { type: "string", says: "file to write it to as SARIF 2.1.0, for code hosts; - for standard output" },
  },
  async run(words) {
    const base = process.cwd();
    const formats = {
      markdown: text(words, "markdown"),
      sarif: text(words, "sarif"),
      json: flag(words, "json") ? "-" : undefined,
    };
    if (Object.values(formats).filter((file) => file === "-").length > 1)
      throw new UsageError("Of --json, --markdown - and --sarif - only one can go to standard output.");
    const config = await readConfig(base);
    const place = {
      account: text(words, "account") ?? config.targets?.aws?.account,
      region: text(words, "region") ?? config.targets?.aws?.region,
    };
    const assembly = await assemblyOf(words, place);
    const report = await readiness(assembly, {
      ...place,
      config,
      base,
      against: text(words, "against"),
      usage: usageOn(assembly, base),
      now: Date.now(),
    });
    write(formats.markdown, () => markdownOf(report));
    write(formats.sarif, () => JSON.stringify(sarifOf(report, { rules, version: VERSION }), null, 2));
    write(formats.json, () => JSON.stringify(report, null, 2));
    if (!Object.values(formats).includes("-"))
      for (const line of terminalLines(report, { all: flag(words, "all") })) say(line);
    return isReady(report) ? 0 : 1;
  },
};

/** `-` is standard output. */
function write(file: string | undefined, content: () => string): void {
  if (file === undefined) return;
  if (file === "-") {
    say(content());
    return;
  }
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, `${content()}\n`);
}

/** What a suite used of another assembly says nothing of this one. */
function usageOn(assembly: string, base: string): SuiteUsage | undefined {
  const usage = readUsage(base);
  if (usage?.assembly === undefined || usage.assembly === assemblyHash(assembly)) return usage;
  sayAside("The app has changed since the last suite ran: what it used is left out. Run: hangar test");
  return undefined;
}

type Place = { readonly account: string | undefined; readonly region: string | undefined };

/** Nothing need run for it: where nothing does, an app that calls AWS while it is synthesised reaches nobody. */
function assemblyOf(words: Words, { account = "000000000000", region = "us-east-1" }: Place): Promise<string> {
  const nobody: Instance = { pid: 0, port: 9, endpoint: "http://127.0.0.1:9", account, region };
  return synthFor({ ...(findInstance() ?? nobody), account, region }, words);
}
