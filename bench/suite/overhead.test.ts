// What a world costs a test: the same empty test with the fixtures and without.

import { test as forked } from "hangar/vitest";
import { expect, test } from "vitest";

for (let index = 0; index < 200; index += 1) {
  test(`without ${index}`, () => {
    expect(index).toBe(index);
  });
  forked(`with ${index}`, ({ stack, aws, cloud }) => {
    expect([stack.outputs, aws.sqs, cloud.clock]).not.toContain(undefined);
  });
}
