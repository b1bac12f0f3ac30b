// `hangar exec -- CMD`: starts a cloud, deploys the app when there is one, runs CMD against it, stops, keeps its exit code.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { embeddedTarget } from "../targets/embedded.ts";
import { readAssembly } from "../targets/assembly.ts";
import { appOptions, synthFor } from "./app.ts";
import { flag, portOf, sayAside, text, UsageError, type Command } from "./command.ts";
import { runInitScripts } from "./init-scripts.ts";
import { childEnvironment, openInstance } from "./instance.ts";

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
  async run(words) {
    const [program, ...parameters] = words.raw;
    if (program === undefined) throw new UsageError("Say what to run: hangar exec -- CMD [ARG ...]");
    const { cloud, instance, close } = await openInstance({}, portOf(words) ?? 0, sayAside);
    try {
      await runInitScripts(cloud, instance, text(words, "init") ?? "localstack-init");
      const deploys = !flag(words, "no-deploy") && (text(words, "app") !== undefined || existsSync("cdk.json"));
      if (deploys)
        for (const stack of readAssembly(await synthFor(instance, words)))
          await embeddedTarget(cloud).deploy(stack, sayAside);
      return await runProgram(program, parameters, childEnvironment(instance));
    } finally {
      await close();
    }
  },
};

/** Ctrl-C goes to the program, which shares our terminal; we end when it does. */
function runProgram(
  program: string,
  parameters: readonly string[],
  env: Record<string, string | undefined>,
): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(program, parameters, { stdio: "inherit", env });
    const ignore = (): void => undefined;
    const pass = (): void => void child.kill("SIGTERM");
    process.on("SIGINT", ignore);
    process.on("SIGTERM", pass);
    child.once("error", fail);
    child.once("close", (code, signal) => {
      process.off("SIGINT", ignore);
      process.off("SIGTERM", pass);
      done(code ?? (signal === null ? 1 : 128));
    });
  });
}
