// Records a test's calls where the run asks for it.

import type { RunnerTestCase } from "vitest";
import { knownSecrets } from "../cli/known-secrets.ts";
import { recordFetch } from "../comparison/recorded-fetch.ts";
import { Recorder } from "../comparison/recorder.ts";
import type { RecordedTest } from "../comparison/recording.ts";
import type { DeployedWorld } from "./provided.ts";

type TestRecording = {
  readonly recorder: Recorder | undefined;
  /** From now on the test's own requests are noted, too. */
  begin(): void;
  /** Writes what was recorded. */
  end(test: readonly string[], task: Readonly<RunnerTestCase>): void;
};

export function recordingIn(deployed: DeployedWorld): TestRecording {
  const { name, record, account, region, endpoint, stacks, clients } = deployed;
  if (record === undefined) return { recorder: undefined, begin: nothing, end: nothing };
  const { accessKeyId, secretAccessKey, sessionToken } = clients.credentials ?? {};
  const own = [accessKeyId, secretAccessKey, sessionToken].flatMap((each) => (each === undefined ? [] : [each]));
  const recorder = new Recorder({
    account,
    region,
    isLocalStack: name === "localstack",
    endpoints: endpoint === undefined ? [] : [endpoint],
    outputs: Object.assign({}, ...Object.values(stacks)) as Record<string, string>,
    secrets: [...knownSecrets(), ...own],
  });
  let leaveFetch = nothing;
  return {
    recorder,
    begin: () => (leaveFetch = recordFetch(recorder)),
    end: (test, task) => {
      leaveFetch();
      recorder.write(record, { test, outcome: outcomeOf(task) });
    },
  };
}

function nothing(): void {}

/** Nothing has failed so far in a test that is still running. */
function outcomeOf({ mode, result }: Readonly<RunnerTestCase>): RecordedTest["outcome"] {
  if (result?.state === "fail") return "fail";
  return mode === "skip" || result?.state === "skip" ? "skip" : "pass";
}
