// `hangar diff`: what a deployment to the running instance would change.

import { appOptions, synthFor } from "./app.ts";
import { flag, say, type Command } from "./command.ts";
import { ask, runningInstance } from "./instance.ts";

type Answer = {
  readonly stacks: readonly {
    readonly stackName: string;
    readonly changes: readonly {
      readonly action: string;
      readonly logicalId: string;
      readonly type: string;
      readonly replacement?: string;
    }[];
  }[];
};

export const command: Command = {
  name: "diff",
  says: "Show what a deployment would change.",
  usage: "diff [STACK ...]",
  options: {
    ...appOptions,
    json: { type: "boolean", says: "as JSON" },
    fail: { type: "boolean", says: "exit 1 when there are changes" },
  },
  takesNames: true,
  async run(words) {
    const instance = runningInstance();
    const assembly = await synthFor(instance, words);
    const { stacks } = (await ask(instance, "/_hangar/diff", { assembly, stacks: words.rest })) as Answer;
    if (flag(words, "json")) say(JSON.stringify(stacks));
    else {
      for (const { stackName, changes } of stacks) {
        say(`${stackName}: ${changes.length === 0 ? "no changes" : ""}`);
        for (const { action, logicalId, type, replacement } of changes)
          say(`  ${action.padEnd(7)} ${logicalId} (${type})${replacement === "True" ? " REPLACED" : ""}`);
      }
    }
    return flag(words, "fail") && stacks.some(({ changes }) => changes.length > 0) ? 1 : 0;
  },
};
