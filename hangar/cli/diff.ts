// `hangar diff`: what a deployment to a target would change.

import { readAssembly, selected } from "../targets/assembly.ts";
import type { StackDiff } from "../targets/target.ts";
import { flag, say, type Command } from "./command.ts";
import { openTarget, targetOptions } from "./open-target.ts";

export const command: Command = {
  name: "diff",
  says: "Show what a deployment would change.",
  usage: "diff [STACK ...] [--target embedded|localstack|aws]",
  options: {
    ...targetOptions,
    json: { type: "boolean", says: "as JSON" },
    fail: { type: "boolean", says: "exit 1 when there are changes" },
  },
  takesNames: true,
  async run(words) {
    const { target, assembly } = await openTarget(words);
    const stacks: StackDiff[] = [];
    for (const stack of selected(readAssembly(assembly), words.rest)) stacks.push(await target.diff(stack));
    if (flag(words, "json")) say(JSON.stringify(stacks));
    else
      for (const { stackName, changed, lines } of stacks) {
        say(`${stackName}: ${changed ? "" : "no changes"}`);
        if (changed) for (const line of lines) say(line);
      }
    return flag(words, "fail") && stacks.some(({ changed }) => changed) ? 1 : 0;
  },
};
