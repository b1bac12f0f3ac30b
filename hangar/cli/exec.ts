// `hangar exec -- CMD`: starts a cloud, deploys the app when there is one, runs CMD against it, stops, keeps its exit code.

import { existsSync } from "node:fs";
import { rememberBeginning } from "../cloud/reset.ts";
import { embeddedTarget } from "../targets/embedded.ts";
import { readAssembly } from "../targets/assembly.ts";
import { appOptions, synthFor } from "./app.ts";
import { flag, portOf, sayAside, text, UsageError, type Command } from "./command.ts";
import { embeddedPlace } from "./configured.ts";
import { runInitScripts } from "./init-scripts.ts";
import { childEnvironment, openInstance } from "./instance.ts";
import { endOnSignal } from "./lifetime.ts";
import { runProgram } from "./run-program.ts";

export const command: Command = {
  name: "exec",
  says: "Start, deploy, run a command with the endpoint in its environment, stop, keep its exit code.",
  usage: "exec [--no-deploy] -- CMD [ARG ...]",
  options: {
    ...appOptions,
    port: { type: "string", says: "port to listen on (any free one)" },
    "no-deploy": { type: "boolean", says: "only the bare endpoint" },
    init: { type: "string", says: "folder of ready.d scripts (localstack-init)" },
  },
  takesProgram: true,
  async run(words) {
    const [program, ...parameters] = words.raw;
    if (program === undefined) throw new UsageError("Say what to run: hangar exec -- CMD [ARG ...]");
    const { cloud, instance, close } = await openInstance(await embeddedPlace(), portOf(words) ?? 0, sayAside);
    const release = endOnSignal(close);
    try {
      await runInitScripts(cloud, instance, text(words, "init") ?? "localstack-init");
      const deploys = !flag(words, "no-deploy") && (text(words, "app") !== undefined || existsSync("cdk.json"));
      if (deploys)
        for (const stack of readAssembly(await synthFor(instance, words)))
          await embeddedTarget(cloud).deploy(stack, sayAside);
      rememberBeginning(cloud);
      return await runProgram(program, parameters, childEnvironment(instance));
    } finally {
      await close();
      release();
    }
  },
};
