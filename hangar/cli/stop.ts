// `hangar stop`: ends the instance of this folder.

import { setTimeout as wait } from "node:timers/promises";
import { say, type Command } from "./command.ts";
import { findInstance } from "./instance.ts";

export const command: Command = {
  name: "stop",
  says: "Stop the running instance.",
  usage: "stop",
  options: {},
  async run() {
    const instance = findInstance();
    if (instance === undefined) {
      say("Nothing is running in this folder.");
      return 0;
    }
    process.kill(instance.pid, "SIGTERM");
    for (let tries = 0; tries < 500; tries += 1) {
      if (!alive(instance.pid)) {
        say(`Stopped ${instance.endpoint}.`);
        return 0;
      }
      await wait(20);
    }
    throw new Error(`Process ${instance.pid} did not end within 10 seconds.`);
  },
};

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
