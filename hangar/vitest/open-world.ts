// The world of one test: a fork of what is deployed, or that itself where the target has no forks.

import { awsHost } from "../cli/aws-host.ts";
import type { Recorder } from "../comparison/recorder.ts";
import type { FunctionSettings } from "../index.ts";
import { identify } from "../targets/aws.ts";
import { reasonLacking } from "../targets/lacking.ts";
import type { DeployedWorld } from "./provided.ts";
import { sharedWorld } from "./shared-world.ts";
import { forkedWorld, type Needs, type TestCloud } from "./world.ts";

type Test = {
  readonly name: string;
  readonly functions: FunctionSettings;
  readonly recorder: Recorder | undefined;
  readonly skip: (reason: string) => never;
};

export async function openWorld(
  deployed: DeployedWorld,
  { name, functions, recorder, skip }: Test,
): Promise<TestCloud> {
  const needs: Needs = (...features) => {
    for (const feature of features) {
      const reason = reasonLacking(deployed.name, feature);
      if (reason !== undefined) skip(reason);
    }
  };
  if (deployed.name === "aws") await identified(deployed);
  const { endpoint } = deployed;
  if (endpoint === undefined || reasonLacking(deployed.name, "forks") !== undefined)
    return sharedWorld(deployed, needs, recorder);
  return forkedWorld({ ...deployed, endpoint }, needs, { title: name, functions, recorder });
}

const known = new Map<string, Promise<unknown>>();

/** Once a worker: its environment may be another than that in which the app was deployed. */
function identified({ account, region, endpoint, root }: DeployedWorld): Promise<unknown> {
  const asked =
    known.get(account) ?? identify({ expected: { account, region, endpoint }, host: awsHost(root), project: root });
  known.set(account, asked);
  return asked;
}
