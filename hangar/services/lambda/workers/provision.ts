// Starts the environments of a version's or alias's provisioned concurrency, and says what came of it.

import { AwsError } from "../../../kernel/aws-error.ts";
import { provision } from "../engine/provision.ts";
import { versionAt } from "../rules/find.ts";
import type { LambdaContext } from "../store.ts";

export async function provisionVersion({ key }: { readonly key: string }, context: LambdaContext): Promise<void> {
  const row = context.store.provisioned.get(key);
  const version = row === undefined ? undefined : versionAt(context.store, row.functionName, row.qualifier)?.version;
  if (row === undefined || version === undefined || row.status !== "IN_PROGRESS") return;
  const ready = await provision(context, version, row.requested).catch((error: unknown) => {
    // The role or the runtime: the configuration says that it failed, an invocation why.
    if (error instanceof AwsError) return 0;
    throw error;
  });
  // Put again or deleted meanwhile.
  if (context.world.disposed || context.store.provisioned.get(key) !== row) return;
  const status = ready === row.requested ? "READY" : "FAILED";
  context.store.provisioned.put(key, { ...row, status, ready });
}
