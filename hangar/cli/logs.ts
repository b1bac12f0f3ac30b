// `hangar logs`: log events of the running instance, of one group or all.

import { setTimeout as wait } from "node:timers/promises";
import { flag, say, text, type Command } from "./command.ts";
import { ask, runningInstance, type Instance } from "./instance.ts";

type Group = { readonly logGroupName: string };
type Event = { readonly eventId: string; readonly timestamp: number; readonly message: string };

export const command: Command = {
  name: "logs",
  says: "Show log events of functions and APIs.",
  usage: "logs [NAME] [--follow]",
  options: {
    follow: { type: "boolean", short: "f", says: "go on until Ctrl-C" },
    filter: { type: "string", says: "a CloudWatch Logs filter pattern" },
    json: { type: "boolean", says: "a JSON object a line" },
  },
  async run(words) {
    const instance = runningInstance();
    const seen = new Set<string>();
    do {
      for (const group of await groups(instance, words.rest[0])) {
        const { events } = (await ask(instance, "/_hangar/call", {
          service: "logs",
          operation: "FilterLogEvents",
          input: { logGroupName: group, filterPattern: text(words, "filter") },
        })) as { events: readonly Event[] };
        for (const event of events) {
          if (seen.has(event.eventId)) continue;
          seen.add(event.eventId);
          say(
            flag(words, "json")
              ? JSON.stringify({ group, ...event })
              : `${new Date(event.timestamp).toISOString()} ${group} ${event.message.trimEnd()}`,
          );
        }
      }
      if (flag(words, "follow")) await wait(500);
    } while (flag(words, "follow"));
    return 0;
  },
};

async function groups(instance: Instance, name: string | undefined): Promise<string[]> {
  const { logGroups } = (await ask(instance, "/_hangar/call", {
    service: "logs",
    operation: "DescribeLogGroups",
    input: {},
  })) as { logGroups: readonly Group[] };
  const found = logGroups
    .map(({ logGroupName }) => logGroupName)
    .filter((each) => name === undefined || each.includes(name));
  if (name !== undefined && found.length === 0)
    throw new Error(
      `No log group has "${name}" in its name. There are: ${logGroups.map(({ logGroupName }) => logGroupName).join(", ")}`,
    );
  return found;
}
