// `hangar destroy`: deletes the app's stacks from the running instance, last first.

import { appOptions, synthFor } from "./app.ts";
import { readAssembly, selected } from "../targets/assembly.ts";
import { say, type Command } from "./command.ts";
import { ask, runningInstance } from "./instance.ts";

export const command: Command = {
  name: "destroy",
  says: "Delete the app's stacks from the running instance.",
  usage: "destroy [STACK ...]",
  options: appOptions,
  takesNames: true,
  async run(words) {
    const instance = runningInstance();
    const stacks = selected(readAssembly(await synthFor(instance, words)), words.rest);
    for (const { stackName } of stacks.toReversed()) {
      await ask(instance, "/_hangar/destroy", { stackName });
      say(`${stackName}: destroyed`);
    }
    return 0;
  },
};
