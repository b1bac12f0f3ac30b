// `hangar status`: what runs, its URLs, its forks, and the environment for a shell.

import { flag, say, type Command } from "./command.ts";
import { ask, environmentOf, findInstance } from "./instance.ts";

type Stacks = {
  readonly stacks: readonly {
    readonly name: string;
    readonly status: string;
    readonly outputs: Readonly<Record<string, string>>;
  }[];
};

type Forks = {
  readonly forks: readonly { readonly name: string; readonly endpoint: string; readonly title?: string }[];
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
    const { stacks } = (await ask(instance, "/_hangar/stacks")) as Stacks;
    const { forks } = (await ask(instance, "/_hangar/forks")) as Forks;
    if (flag(words, "json")) {
      say(JSON.stringify({ running: true, ...instance, environment, stacks, forks }));
      return 0;
    }
    say(`Running: ${instance.endpoint} (process ${instance.pid})`);
    for (const { name, status, outputs } of stacks) {
      say(`\n${name}: ${status}`);
      for (const [key, value] of Object.entries(outputs)) say(`  ${key} = ${value}`);
    }
    if (forks.length > 0) say("\nForks:");
    for (const { name, endpoint, title } of forks)
      say(`  ${name} = ${endpoint}${title === undefined ? "" : ` (${title})`}`);
    say("");
    for (const line of exports) say(line);
    return 0;
  },
};
