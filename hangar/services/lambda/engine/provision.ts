// Provisioned concurrency: environments of a version that are started before they are asked for, and kept.

import type { LambdaContext, ProvisionedRow, VersionRow } from "../store.ts";
import { versionAt } from "../rules/find.ts";
import { functionArn } from "../rules/function-name.ts";
import { engineOf } from "./engines.ts";
import { deploymentOf, roleCredentials } from "./run-function.ts";
import { variablesOf } from "./sealed-variables.ts";

/** From now on it is being worked on; the worker does it. */
export function beginProvisioning(
  context: LambdaContext,
  row: Pick<ProvisionedRow, "functionName" | "qualifier" | "requested">,
): ProvisionedRow {
  const { functionName, qualifier, requested } = row;
  const next: ProvisionedRow = {
    functionName,
    qualifier,
    requested,
    modifiedAt: context.clock.now(),
    status: "IN_PROGRESS",
    ready: 0,
  };
  context.store.provisioned.put(`${functionName}:${qualifier}`, next);
  context.scheduler.later("lambda.provision", { key: `${functionName}:${qualifier}` });
  return next;
}

/** Its environments go, but for those that another configuration of the function keeps. */
export function endProvisioning(context: LambdaContext, functionName: string): void {
  const arn = functionArn(context, functionName);
  const kept = new Map<string, number>();
  for (const row of context.store.provisioned.rows({ prefix: `${functionName}:` })) {
    const version = versionAt(context.store, functionName, row.qualifier)?.version.version;
    if (version !== undefined) kept.set(version, row.requested);
  }
  engineOf(context.blobs).keepProvisioned(arn, kept, context.world);
}

/** How many environments have come up. */
export function provision(context: LambdaContext, version: VersionRow, count: number): Promise<number> {
  const row = context.store.functions.get(version.name);
  if (row === undefined) return Promise.resolve(0);
  const deployment = deploymentOf(context, { place: context, row, version }, true);
  return engineOf(context.blobs).provision(deployment, count, {
    world: context.world,
    blobs: context.blobs,
    credentials: () => roleCredentials(context, context, version),
    variables: () => variablesOf(context, version),
  });
}
