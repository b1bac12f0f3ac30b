// `hangar logs`: log events of the running instance, of one group or all.

import { setTimeout as wait } from "node:timers/promises";
import { flag, say, text, type Command, type Words } from "./command.ts";
import { ask, runningInstance, type Instance } from "./instance.ts";

type Group = { readonly logGroupName: string };
type Event = {
  readonly group: string;
  readonly eventId: string;
  readonly timestamp: number;
  readonly message: string;
};

export const command: Command = {
  name: "logs",
  says: "Show log events of functions and APIs.",
  usage: "logs [NAME] [--follow]",
  options: {
    follow: { type: "boolean", short: "f", says: "go on until Ctrl-C" },
    filter: { type: "string", says: "a CloudWatch Logs filter pattern" },
    json: { type: "boolean", says: "a JSON object a line" },
  },
  takesNames: true,
  async run(words) {
    const instance = runningInstance();
    const seen = new Set<string>();
    do {
      for (const event of await events(instance, words)) {
        if (seen.has(event.eventId)) continue;
        seen.add(event.eventId);
        say(
          flag(words, "json")
            ? JSON.stringify(event)
            : `${new Date(event.timestamp).toISOString()} ${event.group} ${event.message.trimEnd()}`,
        );
      }
      if (flag(words, "follow")) await wait(500);
    } while (flag(words, "follow"));
    return 0;
  },
};

/** Of all groups that are asked for, oldest first. */
async function events(instance: Instance, words: Words): Promise<readonly Event[]> {
  const filterPattern = text(words, "filter");
  const found: Event[] = [];
  for (const group of await groups(instance, words.rest[0])) {
    const input = { logGroupName: group, ...(filterPattern === undefined ? {} : { filterPattern }) };
    for (const event of await pages(instance, { operation: "FilterLogEvents", input, member: "events" }))
      found.push({ group, ...(event as Omit<Event, "group">) });
  }
  return found.toSorted((a, b) => a.timestamp - b.timestamp);
}

async function groups(instance: Instance, name: string | undefined): Promise<readonly string[]> {
  const all = await pages(instance, { operation: "DescribeLogGroups", input: {}, member: "logGroups" });
  const names = (all as readonly Group[]).map(({ logGroupName }) => logGroupName);
  const found = names.filter((each) => name === undefined || each.includes(name));
  if (name !== undefined && found.length === 0)
    throw new Error(`No log group has "${name}" in its name. There are: ${names.join(", ") || "none"}`);
  return found;
}

type Asked = { readonly operation: string; readonly input: object; readonly member: string };

async function pages(instance: Instance, { operation, input, member }: Asked): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  let nextToken: unknown;
  do {
    const page = { ...input, ...(nextToken === undefined ? {} : { nextToken }) };
    const answer = await ask(instance, "/_hangar/call", { service: "logs", operation, input: page });
    const facts = answer as Readonly<Record<string, unknown>>;
    found.push(...((facts[member] as readonly unknown[] | undefined) ?? []));
    nextToken = facts["nextToken"];
  } while (nextToken !== undefined);
  return found;
}
