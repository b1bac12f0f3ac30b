// Whether `cdk bootstrap` has left in the account what the assembly wants of it.

import type { StackArtifact } from "../targets/assembly.ts";
import type { ApiCall } from "../targets/sdk-call.ts";
import type { Place } from "./run-record.ts";

/** A sentence for each bootstrap that is missing or too old. */
export async function bootstrapProblems(
  call: ApiCall,
  { account, region }: Place,
  stacks: readonly StackArtifact[],
): Promise<readonly string[]> {
  const wanted = new Map<string, number>();
  for (const { bootstrap } of stacks)
    if (bootstrap !== undefined)
      wanted.set(bootstrap.parameter, Math.max(bootstrap.version, wanted.get(bootstrap.parameter) ?? 0));
  const way = `cdk bootstrap aws://${account}/${region}`;
  const problems: string[] = [];
  for (const [Name, version] of wanted) {
    const value = await parameter(call, Name);
    if (value === undefined) problems.push(`the account is not bootstrapped there (no ${Name}): ${way}`);
    else if (!(Number(value) >= version))
      problems.push(`its bootstrap is version ${value}, and the assembly needs ${version} (${Name}): ${way}`);
  }
  return problems;
}

async function parameter(call: ApiCall, Name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await call("ssm", "GetParameter", { Name });
    return (Parameter as { readonly Value: string }).Value;
  } catch (error) {
    if (error instanceof Error && error.name === "ParameterNotFound") return undefined;
    throw error;
  }
}
