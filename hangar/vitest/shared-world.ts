// The world of a test where there are no forks: the deployed target itself, which all tests share.

import { loggedBy } from "../comparison/recorded-clients.ts";
import type { Recorder } from "../comparison/recorder.ts";
import { hostTime } from "../kernel/host-time.ts";
import type { Feature } from "../targets/lacking.ts";
import { settlePolling } from "../targets/polled-settle.ts";
import { sdkCaller } from "../targets/sdk-call.ts";
import { clientsOf } from "./clients.ts";
import type { DeployedWorld } from "./provided.ts";
import type { Needs, TestCloud } from "./world.ts";

/** What the target lacks skips the test that uses it. */
export function sharedWorld(from: DeployedWorld, needs: Needs, recorder?: Recorder): TestCloud {
  const { name: target, region, account, stacks, clients: settings } = from;
  const clients = clientsOf(settings, from.root, recorder);
  const call = sdkCaller(from.root, settings);
  const reached = (): URL => {
    needs("endpoint");
    return new URL(String(from.endpoint));
  };
  const dispose = (): Promise<void> => Promise.resolve(clients.destroy());
  return {
    target,
    needs,
    region,
    account,
    get endpoint() {
      return reached().origin;
    },
    get port() {
      return Number(reached().port);
    },
    stack: { outputs: Object.assign({}, ...Object.values(stacks)) as TestCloud["stack"]["outputs"], stacks },
    aws: clients.aws,
    clientConfig: () => loggedBy(recorder, settings),
    browserConfig: () => ({}),
    clock: lacking("clock", needs),
    faults: lacking("faults", needs),
    trace: lacking("trace", needs),
    fork: () => lackingOne("forks", needs),
    isolate: () => lackingOne("forks", needs),
    dynamodb: () => lackingOne("faults", needs),
    snapshot: () => lackingOne("snapshot", needs),
    restore: () => lackingOne("snapshot", needs),
    reset: () => lackingOne("snapshot", needs),
    bugs: () => Promise.resolve([]),
    settle: (options = {}) => {
      const { until, ...within } = typeof options === "object" ? options : { within: options };
      const asked = recorder === undefined || until === undefined ? until : recorder.attempts(until);
      return settlePolling({ target, watched: from.watched, call, host: hostTime }, { ...within, until: asked });
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** Each of its methods, whatever its name, skips the test. */
function lacking<T extends object>(feature: Feature, needs: Needs): T {
  return new Proxy({} as T, { get: () => () => lackingOne(feature, needs) });
}

async function lackingOne(feature: Feature, needs: Needs): Promise<never> {
  needs(feature);
  throw new Error(`This target has ${feature}, and no way to it.`);
}
