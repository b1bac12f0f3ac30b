// The world a test runs in: a fork of its own where the target gives one, else the target itself.
import { vi } from "vitest";
import { reach } from "./reach.ts";
import type { Outputs, Target } from "./target.ts";

export type World = Target & { close(): Promise<void> };

type Fork = { readonly name: string; readonly endpoint: string; readonly outputs?: Outputs };

export async function openWorld(target: Target, name: string): Promise<World> {
  const { endpoint } = target;
  if (endpoint === undefined || target.forks !== true) return { ...target, close: async () => {} };
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ title: name });
  const answer = await reach(`${endpoint}/_hangar/forks`, { method: "POST", headers, body });
  if (answer.status >= 300) throw new Error(`The target gave no fork: ${answer.status} ${answer.text}`);
  const fork = JSON.parse(answer.text) as Fork;
  return {
    ...target,
    endpoint: fork.endpoint,
    outputs: fork.outputs ?? moved(target.outputs, endpoint, fork.endpoint),
    async close() {
      await reach(`${endpoint}/_hangar/forks/${fork.name}`, { method: "DELETE" });
    },
  };
}

function moved(outputs: Outputs, from: string, to: string): Outputs {
  return JSON.parse(JSON.stringify(outputs).replaceAll(new URL(from).host, new URL(to).host)) as Outputs;
}

/** Asks until there is an answer: at once where the target can settle, else again and again. */
export async function settled<T>(world: Target, what: string, ask: () => Promise<T | undefined>): Promise<T> {
  if (world.name === "embedded") await reach(`${world.endpoint}/_hangar/settle`, { method: "POST" });
  return vi.waitFor(
    async () => {
      const answer = await ask();
      if (answer === undefined) throw new Error(`Still waiting for ${what}`);
      return answer;
    },
    { timeout: world.name === "embedded" ? 15_000 : 90_000, interval: 250 },
  );
}

/** Moves the world's clock, such as by "61 minutes", and lets all that became due happen. */
export async function advance(world: Target, span: string): Promise<void> {
  const body = JSON.stringify({ advance: span });
  const headers = { "Content-Type": "application/json" };
  const answer = await reach(`${world.endpoint}/_hangar/clock`, { method: "POST", headers, body });
  if (answer.status !== 200) throw new Error(`The clock did not move: ${answer.status} ${answer.text}`);
  await reach(`${world.endpoint}/_hangar/settle`, { method: "POST" });
}
