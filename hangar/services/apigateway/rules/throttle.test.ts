// Which of a stage's settings a method has.

import { describe, expect, test } from "vitest";
import { methodSetting } from "./throttle.ts";
import type { StageRow } from "../store.ts";

describe("a method's settings are", () => {
  const stage = {
    methodSettings: { "*/*": { throttlingRateLimit: 1 }, "~1pets~1{id}/GET": { throttlingRateLimit: 2 } },
  } as unknown as StageRow;

  test.each([
    ["/pets/{id}", "GET", 2],
    ["/pets/{id}", "PUT", 1],
    ["/", "GET", 1],
  ])("%s %s: %i", (path, method, rate) => {
    expect(methodSetting(stage, path, method)?.setting.throttlingRateLimit).toBe(rate);
  });

  test("none where nothing is set", () => {
    expect(methodSetting({} as StageRow, "/", "GET")).toBeUndefined();
  });
});
