// `hangar status`: what runs, its URLs, and the environment for a shell.

import { flag, say, type Command } from "./command.ts";
import { ask, environmentOf, findInstance } from "./instance.ts";

type Stacks = {
  readonly Stacks: readonly {
    readonly StackName: string;
    readonly StackStatus: string;
    readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
  }[];
};

export const command: Command = {
  name: "status",
  says: 'Show what runs, every URL, and the environment (eval "$(hangar status --env)").',
  usage: "status [--json | --env]",
  options: {
    json: { type: "boolean", says: "as JSON" },
    env: { type: "boolean", says: "only export lines, for eval" },
  },
  async run(words) {
    const instance = findInstance();
    if (instance === undefined) {
      say(
        flag(words, "json")
          ? JSON.stringify({ running: false })
          : flag(words, "env")
            ? ""
            : "Nothing is running in this folder.",
      );
      return 1;
    }
    const environment = environmentOf(instance);
    const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${value}`);
    if (flag(words, "env")) {
      for (const line of exports) say(line);
      return 0;
    }
    const { Stacks } = (await ask(instance, "/_hangar/call", {
      service: "cloudformation",
      operation: "DescribeStacks",
      input: {},
    })) as Stacks;
    const stacks = Stacks.filter(({ StackName }) => StackName !== "CDKToolkit");
    if (flag(words, "json")) {
      say(
        JSON.stringify({
          running: true,
          ...instance,
          environment,
          stacks: stacks.map(({ StackName, StackStatus, Outputs = [] }) => ({
            name: StackName,
            status: StackStatus,
            outputs: Object.fromEntries(Outputs.map((each) => [each.OutputKey, each.OutputValue])),
          })),
        }),
      );
      return 0;
    }
    say(`Running: ${instance.endpoint} (process ${instance.pid})`);
    for (const { StackName, StackStatus, Outputs = [] } of stacks) {
      say(`\n${StackName}: ${StackStatus}`);
      for (const { OutputKey, OutputValue } of Outputs) say(`  ${OutputKey} = ${OutputValue}`);
    }
    say("");
    for (const line of exports) say(line);
    return 0;
  },
};
