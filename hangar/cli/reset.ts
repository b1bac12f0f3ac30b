// `hangar reset`: the running world as it was when it got ready: the app freshly deployed, or nothing.

import { flag, say, type Command } from "./command.ts";
import { ask, runningInstance } from "./instance.ts";

export const command: Command = {
  name: "reset",
  says: "Take the running world back to how it was when it got ready.",
  usage: "reset",
  options: { json: { type: "boolean", says: "as JSON" } },
  async run(words) {
    const { endpoint } = runningInstance();
    const { now } = (await ask(runningInstance(), "/_hangar/reset", {})) as { readonly now: number };
    say(flag(words, "json") ? JSON.stringify({ endpoint, now }) : `Reset: ${endpoint}`);
    return 0;
  },
};
