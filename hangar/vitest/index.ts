// The door for suites that run with vitest: a test function whose tests each have a world of their own.

import { inject, test as base, type RunnerTestCase, type RunnerTestSuite } from "vitest";
import { inherited } from "../cloud/function-settings.ts";
import type { DynamodbSettings, FunctionSettings } from "../index.ts";
import type { Aws } from "./aws.ts";
import { failedFolder, forgetFailedWorld, keepFailedWorld } from "./failed-world.ts";
import { bugText, failureText } from "./failure.ts";
import { resolveLocalhostNames } from "./localhost-names.ts";
import "./matchers.ts";
import "./provided.ts";
import { openWorld } from "./open-world.ts";
import { recordingIn } from "./recording.ts";
import type { Stack, TestCloud } from "./world.ts";

export { expect } from "vitest";
export type { Aws } from "./aws.ts";
export type { Feature } from "../targets/lacking.ts";
export type { ClientSettings, SettleOptions, TargetName } from "../targets/target.ts";
export type { HarnessSettings } from "./provided.ts";
export type { Outputs, Stack, TestCloud, TestFaults } from "./world.ts";

/** Empty until `.hangar/stack-outputs.d.ts`, which each run writes, is part of the program: then the app's outputs by name. */
export interface StackOutputs {}

export type Fixtures = {
  /** Outputs of the deployed app; addresses in them lead to this test's world. */
  readonly stack: Stack;
  /** The AWS SDK's own clients, for this test's world. */
  readonly aws: Aws;
  /** This test's world: its clock, faults, trace, forks. */
  readonly cloud: TestCloud;
  /** How functions run for the tests of a file or a block: `test.override({ functions: { isolation: "fresh" } })`. */
  readonly functions: FunctionSettings;
  /** DynamoDB's throttling, tables that take their time and indexes that lag: `test.override({ dynamodb: { throughput: "enforced" } })`. */
  readonly dynamodb: DynamodbSettings | undefined;
};

/** vitest's `test`. A world is forked for each test that asks for a fixture, and dropped after it. */
export const test = base.extend<Fixtures>({
  functions: {},
  dynamodb: undefined,
  cloud: async ({ task, skip, functions, dynamodb }, use) => {
    const deployed = inject("hangarWorld");
    if (deployed === undefined)
      throw new Error('Nothing is deployed. Set globalSetup: "hangar/vitest/setup" in vitest\'s configuration.');
    resolveLocalhostNames();
    const { lambdaClock, isolation } = inject("hangar") ?? {};
    const { recorder, begin, end } = recordingIn(deployed);
    await using cloud = await openWorld(deployed, {
      name: `${task.file.name} ${task.name}`,
      functions: inherited({ lambdaClock, isolation }, functions),
      recorder,
      skip: (reason) => {
        // A test that expects the call to throw would take the skip for what it expected: the reason stays all the same.
        Object.assign(task.result ?? {}, { note: reason });
        return skip(reason);
      },
    });
    const settings = dynamodb ?? inject("hangar")?.dynamodb;
    if (settings !== undefined && cloud.target === "embedded") await cloud.dynamodb(settings);
    begin();
    await use(cloud);
    end(namesOf(task), task);
    if (cloud.target !== "embedded") return;
    const folder = failedFolder(deployed.root, namesOf(task));
    if (task.result?.state === "fail") await tellFailure(task.result.errors, cloud, folder);
    else forgetFailedWorld(folder);
    const bugs = await cloud.bugs();
    // It may have passed by chance.
    if (bugs.length > 0) throw new Error(bugText(bugs));
  },
  stack: ({ cloud }, use) => use(cloud.stack),
  aws: ({ cloud }, use) => use(cloud.aws),
});

/** Into the failure itself, so that every reporter shows it: some print the message, others the stack that begins with it. */
async function tellFailure(errors: Failure[] | undefined, cloud: TestCloud, folder: string): Promise<void> {
  const kept = await keepFailedWorld(cloud, folder);
  const first = errors?.[0];
  if (first === undefined) return;
  const told = `${first.message}\n\n${failureText(await cloud.trace.spans())}\n\n${kept}`;
  const stack = first.stack?.replace(first.message, () => told);
  first.message = told;
  if (stack !== undefined) first.stack = stack;
}

/** The file, the suites around it, the test. */
function namesOf(task: Readonly<RunnerTestCase>): readonly string[] {
  const suites: string[] = [];
  for (let { suite } = task as Readonly<RunnerTestCase | RunnerTestSuite>; suite !== undefined; suite = suite.suite)
    suites.unshift(suite.name);
  return [task.file.name, ...suites.filter((name) => name !== ""), task.name];
}

type Failure = { message: string; stack?: string };
