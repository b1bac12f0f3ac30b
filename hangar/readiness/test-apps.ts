// The sample apps in docs/examples/apps, synthesised for tests.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { synth } from "../targets/synth.ts";

export const APPS = ["notes-api", "picture-events", "storefront"] as const;
export type SampleApp = (typeof APPS)[number];

export function appFolder(app: SampleApp): string {
  return fileURLToPath(new URL(`../../docs/examples/apps/${app}`, import.meta.url));
}

/** Answers the assembly's folder, below the one given. */
export function assembled(app: SampleApp, folder: string): Promise<string> {
  return synth({
    directory: appFolder(app),
    app: `"${process.execPath}" app.ts`,
    output: join(folder, app),
    account: "000000000000",
    region: "us-east-1",
    environment: {},
  });
}
