// Versions and their staging labels: a label is on one version at a time, and AWSPREVIOUS follows AWSCURRENT.

import { CURRENT, PENDING, PREVIOUS, type Secret, type Version } from "../store.ts";

/** Versions without a label are deprecated; AWS keeps about a hundred. */
const KEPT = 100;

export function withVersion(secret: Secret, version: Version): Secret {
  const isCurrent = version.stages.includes(CURRENT);
  // A value that takes another's place ends what was pending of it.
  const others = secret.versions
    .filter((each) => each.id !== version.id)
    .map((each) =>
      isCurrent && each.stages.includes(CURRENT)
        ? { ...each, stages: each.stages.filter((stage) => stage !== PENDING) }
        : each,
    );
  const moved = moveStages([...others, { ...version, stages: [] }], version.id, version.stages);
  const deprecated = moved.filter((each) => each.stages.length === 0);
  const dropped = new Set(deprecated.slice(0, Math.max(0, moved.length - KEPT)).map((each) => each.id));
  return { ...secret, versions: moved.filter((each) => !dropped.has(each.id)) };
}

export function moveStages(versions: readonly Version[], to: string, stages: readonly string[]): readonly Version[] {
  let out = versions;
  for (const stage of stages) out = moveStage(out, to, stage);
  return out;
}

function moveStage(versions: readonly Version[], to: string, stage: string): readonly Version[] {
  const from = versions.find((version) => version.stages.includes(stage));
  if (from?.id === to) return versions;
  const taken = versions.map((version) => {
    let stages = version.stages.filter((each) => each !== stage);
    if (stage === CURRENT && from !== undefined) stages = stages.filter((each) => each !== PREVIOUS);
    if (version.id === to) stages = [...stages, stage].toSorted();
    return { ...version, stages };
  });
  if (stage !== CURRENT || from === undefined) return taken;
  return taken.map((version) =>
    version.id === from.id ? { ...version, stages: [...version.stages, PREVIOUS].toSorted() } : version,
  );
}

export function withoutStage(versions: readonly Version[], from: string, stage: string): readonly Version[] {
  return versions.map((version) =>
    version.id === from ? { ...version, stages: version.stages.filter((each) => each !== stage) } : version,
  );
}

export function stagesOf(secret: Secret): Record<string, readonly string[]> {
  return Object.fromEntries(
    secret.versions.filter((version) => version.stages.length > 0).map((version) => [version.id, version.stages]),
  );
}

export function versionWith(secret: Secret, stage: string): Version | undefined {
  return secret.versions.find((version) => version.stages.includes(stage));
}
