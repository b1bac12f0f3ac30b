// `hangar deploy`: synthesises the app and deploys it to a target; to the running instance without the CDK CLI.

import { deployApp } from "../targets/deploy-app.ts";
import { flag, say, sayAside, type Command } from "./command.ts";
import { openTarget, targetOptions } from "./open-target.ts";

export const command: Command = {
  name: "deploy",
  says: "Deploy the CDK app to the running instance, or to another target.",
  usage: "deploy [STACK ...] [--target embedded|localstack|aws]",
  options: {
    ...targetOptions,
    json: { type: "boolean", says: "print the outputs as JSON" },
  },
  takesNames: true,
  async run(words) {
    const started = performance.now();
    const { target, assembly } = await openTarget(words);
    const synthesised = performance.now();
    const { stacks } = await deployApp(target, { assembly, stacks: words.rest }, sayAside);
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
