// `hangar check`: how ready the app is for AWS, told before it goes there.

import { terminalLines } from "../readiness/output/terminal.ts";
import { isReady, readiness } from "../readiness/report.ts";
import { readConfig } from "../targets/config.ts";
import { appOptions, synthFor } from "./app.ts";
import { flag, say, text, type Command, type Words } from "./command.ts";
import { findInstance, type Instance } from "./instance.ts";

export const command: Command = {
  name: "check",
  says: "Report how ready the app is for AWS: what is emulated how well, and what would fail or hurt there.",
  usage: "check [--app cdk.out] [--against TEMPLATE|FOLDER] [--all] [--json]",
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
  },
  async run(words) {
    const base = process.cwd();
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
      now: Date.now(),
    });
    if (flag(words, "json")) say(JSON.stringify(report, null, 2));
    else for (const line of terminalLines(report, { all: flag(words, "all") })) say(line);
    return isReady(report) ? 0 : 1;
  },
};

type Place = { readonly account: string | undefined; readonly region: string | undefined };

/** Nothing need run for it: where nothing does, an app that calls AWS while it is synthesised reaches nobody. */
function assemblyOf(words: Words, { account = "000000000000", region = "us-east-1" }: Place): Promise<string> {
  const nobody: Instance = { pid: 0, port: 9, endpoint: "http://127.0.0.1:9", account, region };
  return synthFor({ ...(findInstance() ?? nobody), account, region }, words);
}
