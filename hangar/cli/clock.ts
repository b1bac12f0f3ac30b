// `hangar clock`: shows, moves, holds and releases the time of the running instance, or of one of its forks.

import { flag, say, text, UsageError, type Command } from "./command.ts";
import { ask, runningInstance, worldOf } from "./instance.ts";

type State = { readonly now: number; readonly mode: "live" | "held" };

const USAGE = "clock show | advance LENGTH | to DATE | hold | release";

export const command: Command = {
  name: "clock",
  says: "Show or move the world's time; what falls due on the way happens.",
  usage: `${USAGE} [--fork NAME] [--json]`,
  options: {
    fork: { type: "string", says: "of this fork, not of the main world" },
    json: { type: "boolean", says: "as JSON" },
  },
  takesNames: true,
  async run(words) {
    const [verb = "show", ...more] = words.rest;
    const body = bodyOf(verb, more.join(" "));
    const world = await worldOf(runningInstance(), text(words, "fork"));
    const state = (await ask(world, "/_hangar/clock", body)) as State;
    say(
      flag(words, "json")
        ? JSON.stringify(state)
        : `${new Date(state.now).toISOString()}${state.mode === "held" ? " (held: it moves only when told)" : ""}`,
    );
    return 0;
  },
};

function bodyOf(verb: string, value: string): object | undefined {
  if ((verb === "advance" || verb === "to") === (value === "")) throw new UsageError(`Say: hangar ${USAGE}`);
  switch (verb) {
    case "show":
      return undefined;
    case "advance":
      return { advance: value };
    case "to":
      return { advanceTo: value };
    case "hold":
    case "release":
      return { hold: verb === "hold" };
    default:
      throw new UsageError(`There is no "clock ${verb}". Say: hangar ${USAGE}`);
  }
}
