// Deploys an assembly in two steps: each stack's change set is shown, and what was shown is what is executed.

import { readAssembly, type StackArtifact } from "../targets/assembly.ts";
import type { Promotable, Session } from "../targets/promotable.ts";
import type { DeployedStack, DeployedTarget, Progress } from "../targets/target.ts";
import { bootstrapProblems } from "./bootstrap.ts";
import { discard, execute, prepare, sameAsShown, type ChangeSet } from "./change-set.ts";
import { keptFolder, sameHash } from "./kept-assembly.ts";
import type { Place } from "./run-record.ts";
import { waves } from "./waves.ts";
import { beforeFolder, templateBefore, type Before } from "./way-back.ts";

export type Promotion = {
  readonly project: string;
  readonly hash: string;
  readonly place: Place;
  readonly target: Promotable;
  /** The stacks whose change sets were executed so far. */
  readonly changed: Before[];
};

export type Shown = { readonly stack: StackArtifact; readonly changeSet: ChangeSet | undefined };

export type Dialogue = {
  readonly progress: Progress;
  show(shown: Shown): void;
  /** False: it shall not be deployed. */
  agree(stackNames: readonly string[]): Promise<boolean>;
};

/** Throws an Error where the account lacks what the assembly needs. */
export async function checkBootstrap({ project, hash, place, target }: Promotion): Promise<void> {
  const stacks = readAssembly(keptFolder(project, hash));
  const problems = await bootstrapProblems((await target.session()).call, place, stacks);
  if (problems.length > 0) throw new Error(`Nothing was written.\n${problems.map((each) => `  - ${each}`).join("\n")}`);
}

/** Answers what the suites must know. Throws an Error when it is not agreed to, or a stack does not come up. */
export async function deployShown(promotion: Promotion, dialogue: Dialogue): Promise<DeployedTarget> {
  const { project, hash, target } = promotion;
  const folder = keptFolder(project, hash);
  const done: Omit<DeployedStack, "changed">[] = [];
  for (const wave of waves(readAssembly(folder))) {
    const shown = await prepared(promotion, wave);
    for (const each of shown) dialogue.show(each);
    await agreed(promotion, shown, dialogue);
    sameHash(folder, hash);
    for (const { stack, changeSet } of shown) {
      const session = await guardedAgain(promotion, shown);
      if (changeSet !== undefined) {
        const before = await beforeOf(promotion, { session, stack, changeSet });
        await sameAsShown(session, stack, changeSet);
        promotion.changed.push(before);
        await execute(session, stack, changeSet);
      }
      done.push(await target.finish(stack, session, dialogue.progress));
      dialogue.progress(`${stack.stackName}: ${changeSet === undefined ? "as it was" : "deployed"}`);
    }
  }
  // What was deployed is what had passed: the CDK CLI has read the folder, and nobody has written to it.
  sameHash(folder, hash);
  const { name, account, region, endpoint, clients } = target;
  const watched = await target.watched(done.map(({ stackName }) => stackName));
  const stacks = Object.fromEntries(done.map(({ stackName, outputs }) => [stackName, outputs]));
  return { name, account, region, endpoint, clients, stacks, watched };
}

async function prepared({ hash, target }: Promotion, wave: readonly StackArtifact[]): Promise<readonly Shown[]> {
  const session = await target.session();
  const shown: Shown[] = [];
  for (const stack of wave)
    shown.push({ stack, changeSet: await prepare(session, stack, `hangar-${hash.slice(0, 12)}`) });
  return shown;
}

async function agreed(promotion: Promotion, shown: readonly Shown[], dialogue: Dialogue): Promise<void> {
  const changing = shown.filter(({ changeSet }) => changeSet !== undefined);
  if (changing.length === 0 || (await dialogue.agree(changing.map(({ stack }) => stack.stackName)))) return;
  const session = await promotion.target.session();
  for (const { stack, changeSet } of changing) if (changeSet !== undefined) await discard(session, stack, changeSet);
  const before = promotion.changed.map(({ stack }) => stack.stackName).join(", ");
  throw new Error(before === "" ? "Nothing was deployed." : `No more was deployed than ${before}.`);
}

/** Between what was shown and what is written credentials may have changed: the guard is asked once more. */
async function guardedAgain(
  { target, changed }: Promotion,
  shown: readonly Shown[],
): ReturnType<Promotable["session"]> {
  try {
    return await target.session();
  } catch (error) {
    const left = shown.filter(
      ({ stack, changeSet }) => changeSet !== undefined && !changed.some((one) => one.stack === stack),
    );
    const names = left.map(({ stack, changeSet }) => `${changeSet?.name} of ${stack.stackName}`).join(", ");
    const why = (error as Error).message.replace(/^Nothing was written\. /, "");
    throw new Error(`Stopped before it was deployed: ${names} is there and not executed. ${why}`);
  }
}

async function beforeOf(
  { project, hash, place }: Promotion,
  {
    session,
    stack,
    changeSet,
  }: { readonly session: Session; readonly stack: StackArtifact; readonly changeSet: ChangeSet },
): Promise<Before> {
  if (!changeSet.update) return { stack, template: undefined };
  return templateBefore(session, stack, beforeFolder(project, hash, place));
}
