// Processes that start at once are limited; whoever waits takes what becomes free.

import { expect, test } from "vitest";
import { StartLimit } from "./start-limit.ts";

test("those above the limit wait for what becomes free, or for a start that is done", async () => {
  const limit = new StartLimit(() => true);
  const free: string[] = [];
  const next = (): Promise<string | undefined> => limit.next(() => free.shift());
  let atOnce = 0;
  const answers: (string | undefined)[] = [];
  const waiting = Array.from({ length: 1000 }, () =>
    next().then((answer) => {
      answers.push(answer);
      if (answer === undefined) atOnce += 1;
    }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  const started = atOnce;
  expect(started).toBeGreaterThanOrEqual(4);
  expect(started).toBeLessThan(1000);

  free.push("warm");
  limit.changed();
  await expect.poll(() => answers.length).toBe(started + 1);
  expect(answers.at(-1)).toBe("warm");

  limit.started();
  await expect.poll(() => answers.length).toBe(started + 2);
  expect(answers.at(-1)).toBeUndefined();

  for (let index = answers.length; index < 1000; index += 1) free.push("warm");
  limit.changed();
  await Promise.all(waiting);
  expect(atOnce).toBe(started + 1);
});

test("nobody waits for ever: after a second one more is started", async () => {
  const limit = new StartLimit(() => true);
  const answers: unknown[] = [];
  const waiting = Array.from({ length: 200 }, () => limit.next(() => undefined).then((answer) => answers.push(answer)));
  await Promise.all(waiting);
  expect(answers).toHaveLength(200);
});
