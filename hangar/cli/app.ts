// The CDK app of this folder, synthesised for an instance.

import { resolve } from "node:path";
import { synth } from "../targets/synth.ts";
import { flag, text, type Words } from "./command.ts";
import { childEnvironment, type Instance } from "./instance.ts";

export const appOptions = {
  app: { type: "string", says: "the app's command, or a folder that is synthesised already (cdk.json's app)" },
  output: { type: "string", says: "folder for the assembly (cdk.out)" },
} as const;

export const warmOptions = {
  "no-warm-start": { type: "boolean", says: "deploy also when the app has not changed since it was last deployed" },
} as const;

/** Where the worlds of earlier deployments are kept. */
export function warmFolder(words: Words): string | undefined {
  return flag(words, "no-warm-start") ? undefined : resolve(".hangar", "worlds");
}

/** Where the bundles of the last synthesis are noted. */
export const BUNDLES = resolve(".hangar", "bundles");

/** Answers the assembly's folder. */
export function synthFor(instance: Instance, words: Words): Promise<string> {
  return synth({
    directory: process.cwd(),
    app: text(words, "app"),
    output: resolve(text(words, "output") ?? "cdk.out"),
    account: instance.account,
    region: instance.region,
    environment: childEnvironment(instance),
    bundles: BUNDLES,
  });
}
