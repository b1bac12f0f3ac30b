// `hangar destroy`: deletes the app's stacks from a target, last first.

import { readAssembly, selected } from "../targets/assembly.ts";
import { say, sayAside, type Command } from "./command.ts";
import { openTarget, targetOptions } from "./open-target.ts";

export const command: Command = {
  name: "destroy",
  says: "Delete the app's stacks from the running instance, or from another target.",
  usage: "destroy [STACK ...] [--target embedded|localstack|aws]",
  options: targetOptions,
  takesNames: true,
  async run(words) {
    const { target, assembly } = await openTarget(words);
    for (const { stackName } of selected(readAssembly(assembly), words.rest).toReversed()) {
      await target.destroy(stackName, sayAside);
      say(`${stackName}: destroyed`);
    }
    return 0;
  },
};
