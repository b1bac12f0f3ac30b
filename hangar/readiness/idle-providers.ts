// Functions that answer for custom resources and that the suite's deployment did without: the CDK's own, whose work is done here.

import type { DeployedProperties } from "./deployed-properties.ts";
import type { SuiteUsage } from "./usage.ts";

/** Every deployment on AWS runs them: nothing that they or their roles were not seen to do is told. */
export function idleProviders(all: readonly DeployedProperties[], { functions }: SuiteUsage): DeployedProperties[] {
  const tokens = new Set(all.map(({ properties }) => properties["ServiceToken"]));
  return all.filter(({ deployed: { arns } }) => {
    const { Arn } = arns;
    return Arn !== undefined && tokens.has(Arn) && functions[Arn] === undefined;
  });
}
