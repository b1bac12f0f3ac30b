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
      // The file goes last. The process itself may stay listed until its parent asks for its end.
      if (findInstance()?.pid !== instance.pid) {
        say(`Stopped ${instance.endpoint}.`);
        return 0;
      }
      await wait(20);
    }
    throw new Error(`Process ${instance.pid} did not end within 10 seconds.`);
  },
};
