// `hangar deploy`: synthesises the app and deploys it to the running instance, without the CDK CLI.

import { appOptions, synthFor } from "./app.ts";
import { flag, say, text, UsageError, type Command } from "./command.ts";
import { ask, runningInstance } from "./instance.ts";

type Answer = {
  readonly stacks: readonly {
    readonly stackName: string;
    readonly outputs: Readonly<Record<string, string>>;
    readonly changed: boolean;
  }[];
};

export const command: Command = {
  name: "deploy",
  says: "Deploy the CDK app to the running instance.",
  usage: "deploy [STACK ...] [--target embedded|localstack]",
  options: {
    ...appOptions,
    target: { type: "string", says: "embedded (the running instance) or localstack" },
    json: { type: "boolean", says: "print the outputs as JSON" },
  },
  takesNames: true,
  async run(words) {
    const target = text(words, "target") ?? "embedded";
    if (target === "localstack") {
      const { deployToLocalStack } = await import("./localstack.ts");
      return deployToLocalStack(words);
    }
    if (target !== "embedded")
      throw new UsageError(`--target ${target} is not there yet: embedded and localstack are.`);
    const instance = runningInstance();
    const started = performance.now();
    const assembly = await synthFor(instance, words);
    const synthesised = performance.now();
    const { stacks } = (await ask(instance, "/_hangar/deploy", { assembly, stacks: words.rest })) as Answer;
    if (flag(words, "json")) {
      say(JSON.stringify(stacks));
      return 0;
    }
    for (const { stackName, outputs, changed } of stacks) {
      say(`${stackName}${changed ? "" : " (no changes)"}`);
      for (const [name, value] of Object.entries(outputs)) say(`  ${name} = ${value}`);
    }
    say(`synth ${seconds(synthesised - started)}, deploy ${seconds(performance.now() - synthesised)}`);
    return 0;
  },
};

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
