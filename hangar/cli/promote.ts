// `hangar promote`: takes the assembly that passed, and no other, to LocalStack or an AWS account, and runs the suites there.

import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import { changeLines } from "../promotion/change-lines.ts";
import { dirtyProblem, nameOf, redElsewhere, standing } from "../promotion/green.ts";
import { keepAssembly } from "../promotion/kept-assembly.ts";
import { checkBootstrap, deployShown, type Dialogue, type Promotion, type Shown } from "../promotion/promote.ts";
import { ALL, readRuns, type Place, type RunRecord } from "../promotion/run-record.ts";
import { sourceState } from "../promotion/source-state.ts";
import { destination, wantedBefore, type Destination, type Said } from "../promotion/stages.ts";
import { wayBack } from "../promotion/way-back.ts";
import { expectedOf } from "../targets/aws-guard.ts";
import type { HangarConfig } from "../targets/config.ts";
import { askYes, inRed } from "./terminal.ts";
import { flag, say, sayAside, text, UsageError, type Command, type Words } from "./command.ts";
import { projectConfig } from "./configured.ts";
import { plannedRun, recorded } from "./record-run.ts";
import { openRemote } from "./remote-target.ts";
import { runSuites } from "./run-suites.ts";

export const command: Command = {
  name: "promote",
  says: "Take the assembly that passed to LocalStack or AWS, and run the suites there.",
  usage: "promote --to localstack|aws [--account ID --region R] [--stage NAME] [--suite NAME] [VITEST FLAG ...]",
  options: {
    to: { type: "string", says: "localstack or aws" },
    stage: { type: "string", says: "a stage of hangar.config.ts, which says where to and with which suite" },
    account: { type: "string", says: "aws: the account that it may write to, and no other" },
    region: { type: "string", says: "aws: the region that it may write to; localstack: us-east-1 when absent" },
    "endpoint-url": { type: "string", says: "aws: an endpoint of your own, such as a VPC's; localstack: where it is" },
    app: { type: "string", says: "the synthesised folder (cdk.out)" },
    suite: { type: "string", says: "a part of the tests, by its name in hangar.config.ts (all)" },
    config: { type: "string", says: "vitest's configuration (e2e/vitest.config.ts)" },
    yes: { type: "boolean", says: "deploy the changes that are shown without asking" },
    "yes-production": { type: "string", says: "the id of a production account, said once more" },
    "allow-dirty": { type: "boolean", says: "also what was tested with uncommitted changes; the record says so" },
  },
  passesOn: true,
  async run(words) {
    const config = await projectConfig();
    const way = asUsage(() => destination(saidIn(words), config));
    const place = asUsage(() => placeFor(way, words, config));
    if (!flag(words, "yes") && !process.stdin.isTTY)
      throw new UsageError("promote shows the changes and asks: run it in a terminal, or say --yes.");
    const folder = assemblyFolder(words, config);
    const hash = assemblyHash(folder);
    const green = allowed(words, { hash, place, way, config });
    const kept = keepAssembly(process.cwd(), folder, hash);
    tellStanding(folder, hash, green);
    return promote(words, { hash, place, way, kept, green });
  },
};

type Going = {
  readonly hash: string;
  readonly place: Place;
  readonly way: Destination;
  readonly kept: string;
  readonly green: readonly RunRecord[];
};

async function promote(words: Words, { hash, place, way, kept, green }: Going): Promise<number> {
  const { account, region } = place;
  const project = process.cwd();
  const settings = { target: way.to, project, app: kept, output: kept, account, region };
  const opened = await openRemote(
    { ...settings, endpoint: endpointIn(words, way.to, await projectConfig()) },
    sayAside,
  );
  const promotion: Promotion = { project, hash, place, target: opened.target, changed: [] };
  if (way.to === "aws") await checkBootstrap(promotion);
  const after = green.map((run) => ({
    place: run.place,
    stage: run.stage,
    suite: run.suite,
    startedAt: run.startedAt,
  }));
  const values = { ...words.values, suite: way.suite };
  const run = await plannedRun({ ...words, values }, { assembly: kept, place, stage: way.stage, after });
  let code: number;
  let deployed = false;
  try {
    code = await recorded(
      run,
      async () => {
        const target = await deployShown(promotion, dialogue(words, place));
        deployed = true;
        return runSuites(target, { ...run.suites, environment: opened.environment });
      },
      () => deployed || promotion.changed.length > 0,
    );
  } catch (error) {
    throw new Error([(error as Error).message, ...wayBackLines(promotion, way)].join("\n"), { cause: error });
  }
  if (code === 0) say(`Promoted: ${[...green.map((each) => nameOf(each.place)), nameOf(place)].join(" -> ")}`);
  else for (const line of wayBackLines(promotion, way)) sayAside(line);
  return code;
}

function saidIn(words: Words): Said {
  const to = text(words, "to");
  if (to !== undefined && to !== "localstack" && to !== "aws")
    throw new UsageError(`There is no way to "${to}": --to localstack and --to aws are.`);
  const [account, region, stage, suite] = (["account", "region", "stage", "suite"] as const).map((name) =>
    text(words, name),
  );
  return { to, account, region, stage, suite };
}

function placeFor({ to, account, region }: Destination, words: Words, config: HangarConfig): Place {
  const { localstack = {}, aws = {} } = config.targets ?? {};
  if (to === "localstack")
    return { target: to, account: "000000000000", region: region ?? localstack.region ?? "us-east-1" };
  const endpoint = endpointIn(words, to, config);
  const expected = expectedOf({ account: account ?? aws.account, region: region ?? aws.region, endpoint });
  return {
    target: to,
    account: expected.account,
    region: expected.region,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function endpointIn(words: Words, to: "localstack" | "aws", { targets = {} }: HangarConfig): string | undefined {
  const said = text(words, "endpoint-url");
  if (to === "aws") return said ?? targets.aws?.endpoint;
  return said ?? process.env["LOCALSTACK_ENDPOINT"] ?? targets.localstack?.endpoint;
}

/** Throws an Error with all that speaks against it; answers the runs that it stands on. */
function allowed(
  words: Words,
  { hash, place, way, config }: Pick<Going, "hash" | "place" | "way"> & { readonly config: HangarConfig },
): readonly RunRecord[] {
  const runs = readRuns(process.cwd(), hash);
  const { green, problems } = standing(runs, wantedBefore(way, config));
  const source = sourceState(process.cwd());
  const dirty = [
    ...green.flatMap((run) => dirtyProblem(run) ?? []),
    ...(source.commit !== undefined && source.dirty
      ? ["there are uncommitted changes here: commit them, or say --allow-dirty"]
      : []),
  ];
  const { production, name } = config.accounts?.[place.account] ?? {};
  const sure = text(words, "yes-production");
  const reasons = [
    ...problems,
    ...(config.stages === undefined ? redElsewhere(runs, place) : []),
    ...(flag(words, "allow-dirty") ? [] : dirty),
    ...(production === true && sure !== place.account
      ? [
          `${place.account}${name === undefined ? "" : ` (${name})`} is a production account: --yes-production ${place.account}`,
        ]
      : []),
    ...(sure !== undefined && sure !== place.account
      ? [`--yes-production says ${sure}, and it goes to ${place.account}`]
      : []),
  ];
  if (reasons.length === 0) return green;
  throw new Error(
    `Nothing was written. The assembly ${hash.slice(0, 12)} may not go to ${nameOf(place)}:\n${reasons.map((each) => `  - ${each}`).join("\n")}`,
  );
}

/** Nothing is synthesised here: a command for an app is none for us. */
function assemblyFolder(words: Words, config: HangarConfig): string {
  const isAssembly = (folder: string): boolean => existsSync(join(folder, "manifest.json"));
  const said = text(words, "app");
  if (said !== undefined) {
    if (isAssembly(resolve(said))) return resolve(said);
    throw new UsageError(`--app ${said} is no synthesised folder: promote takes what passed, as it is.`);
  }
  const { app } = JSON.parse(existsSync("cdk.json") ? readFileSync("cdk.json", "utf8") : "{}") as {
    readonly app?: string;
  };
  const folder = [config.app, app, "cdk.out"].find((each) => each !== undefined && isAssembly(resolve(each)));
  if (folder === undefined) throw new UsageError("There is no cdk.out here. Run the suites first: hangar test");
  return resolve(folder);
}

function tellStanding(folder: string, hash: string, green: readonly RunRecord[]): void {
  sayAside(`${relative(process.cwd(), folder) || "."}: ${hash.slice(0, 12)}`);
  for (const { place, stage, suite, startedAt, tests, source } of green) {
    const skipped = Object.values(tests.skipped).reduce((sum, each) => sum + each, 0);
    const from =
      source.commit === undefined
        ? source.why
        : `commit ${source.commit.slice(0, 12)}${source.dirty ? ", changed" : ""}`;
    const what = `${suite === ALL ? "all tests" : suite}, ${tests.passed} passed, ${skipped} skipped`;
    sayAside(`  passed on ${nameOf(place)}${stage === undefined ? "" : ` (${stage})`}, ${startedAt}: ${what}; ${from}`);
  }
}

function dialogue(words: Words, place: Place): Dialogue {
  return {
    progress: sayAside,
    show: tellChanges,
    agree: async (stackNames) => flag(words, "yes") || askYes(`Deploy ${stackNames.join(", ")} to ${nameOf(place)}?`),
  };
}

function tellChanges({ stack, changeSet }: Shown): void {
  if (changeSet === undefined) return say(`${stack.stackName}: no changes`);
  say(`${stack.stackName}: ${changeSet.update ? "an update" : "a new stack"}, ${changeSet.id}`);
  for (const { text: line, loses } of changeLines(changeSet)) say(loses ? inRed(`  ${line}`) : `  ${line}`);
}

/** None where nothing was changed. */
function wayBackLines({ project, hash, place, changed }: Promotion, { to, stage }: Destination): readonly string[] {
  const { account, region, endpoint } = place;
  const where = [
    ...(to === "aws" ? [`--account ${account}`] : []),
    `--region ${region}`,
    ...(endpoint === undefined ? [] : [`--endpoint-url ${endpoint}`]),
  ].join(" ");
  const promotion = stage === undefined ? `--to ${to} ${where}` : `--stage ${stage}`;
  const commands = wayBack({
    project,
    hash,
    place,
    changed,
    words: { promote: promotion, destroy: `--target ${to} ${where}` },
  });
  return commands.length === 0 ? [] : ["The way back:", ...commands.map((each) => `  ${each}`)];
}

function asUsage<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
