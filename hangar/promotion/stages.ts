// The stages of hangar.config.ts: where each leads, and what must have passed before.

import type { HangarConfig, StageConfig } from "../targets/config.ts";
import { EMBEDDED, type Wanted } from "./green.ts";
import { ALL, type Place } from "./run-record.ts";

export type Destination = {
  readonly to: "localstack" | "aws";
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly stage?: string | undefined;
  readonly suite?: string | undefined;
};

/** What the command line says of it. */
export type Said = Omit<Destination, "to"> & { readonly to?: Destination["to"] | undefined };

/** What was said, filled up with the stage that is meant. Throws an Error where the two disagree. */
export function destination(said: Said, config: HangarConfig): Destination {
  const { stages = [] } = config;
  const meant =
    said.stage === undefined
      ? stages.filter((each) => each.target === said.to && agrees(said, placeOf(each, config)))
      : stages.filter(({ name }) => name === said.stage);
  const [stage] = meant;
  if (meant.length > 1) throw new Error(`Say which stage is meant: ${meant.map(({ name }) => name).join(", ")}.`);
  if (said.stage !== undefined && stage === undefined)
    throw new Error(
      `There is no stage "${said.stage}" in hangar.config.ts${stages.length === 0 ? "" : `: ${stages.map(({ name }) => name).join(", ")}`}.`,
    );
  if (stage === undefined) {
    if (said.to === undefined) throw new Error("Say where to: --to localstack, --to aws or --stage NAME.");
    if (stages.length > 0)
      throw new Error(
        `hangar.config.ts has stages (${stages.map(({ name }) => name).join(", ")}), and this is none of them: add it, or say --stage.`,
      );
    return { ...said, to: said.to };
  }
  const place = placeOf(stage, config);
  for (const name of ["to", "account", "region", "suite"] as const)
    if (said[name] !== undefined && place[name] !== undefined && said[name] !== place[name])
      throw new Error(`The stage ${stage.name} has ${name} ${place[name]}, not ${said[name]}.`);
  return { ...place, suite: stage.suite ?? said.suite, stage: stage.name };
}

/** All that comes before a stage, the embedded target first; without stages that alone. */
export function wantedBefore({ stage }: Destination, config: HangarConfig): readonly Wanted[] {
  const { stages = [] } = config;
  const before = stages.slice(
    0,
    Math.max(
      0,
      stages.findIndex(({ name }) => name === stage),
    ),
  );
  return [EMBEDDED, ...before.map((each) => wantedOf(each, config))];
}

function wantedOf(stage: StageConfig, config: HangarConfig): Wanted {
  const { to, account, region } = placeOf(stage, config);
  const endpoint = config.targets?.aws?.endpoint;
  return {
    name: `the stage ${stage.name}`,
    suite: stage.suite ?? ALL,
    at: (place: Place) =>
      place.target === to &&
      (account === undefined || place.account === account) &&
      (region === undefined || place.region === region) &&
      (to === "localstack" || place.endpoint === endpoint),
  };
}

function placeOf(stage: StageConfig, { targets = {} }: HangarConfig): Destination {
  const { target: to, account, region, suite } = stage;
  const { localstack, aws } = targets;
  return to === "aws"
    ? { to, account: account ?? aws?.account, region: region ?? aws?.region, suite }
    : { to, region: region ?? localstack?.region, suite };
}

function agrees(said: Said, place: Destination): boolean {
  return (["account", "region"] as const).every((name) => said[name] === undefined || said[name] === place[name]);
}
