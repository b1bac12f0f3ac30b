// The world of one test: a fork of what is deployed, or that itself where the target has no forks.

import { reasonLacking } from "../targets/lacking.ts";
import type { DeployedWorld } from "./provided.ts";
import { sharedWorld } from "./shared-world.ts";
import { forkedWorld, type Needs, type TestCloud } from "./world.ts";

type Test = { readonly name: string; readonly skip: (reason: string) => never };

export async function openWorld(deployed: DeployedWorld, { name, skip }: Test): Promise<TestCloud> {
  const needs: Needs = (...features) => {
    for (const feature of features) {
      const reason = reasonLacking(deployed.name, feature);
      if (reason !== undefined) skip(reason);
    }
  };
  const { endpoint } = deployed;
  if (endpoint === undefined || reasonLacking(deployed.name, "forks") !== undefined)
    return sharedWorld(deployed, needs);
  return forkedWorld({ ...deployed, endpoint }, needs, name);
}
