// What a stage's properties become, case by case.

import { expect, test } from "vitest";
import { stagePatch } from "./stage-patch.ts";

const settings = (...MethodSettings: object[]) => ({ MethodSettings });

test.each([
  ["nothing changes", { Description: "a" }, { Description: "a" }, []],
  ["a description goes", {}, { Description: "a" }, [["replace", "/description", ""]]],
  ["tracing goes back to off", {}, { TracingEnabled: true }, [["replace", "/tracingEnabled", "false"]]],
  [
    "a variable changes, another goes",
    { Variables: { a: "2" } },
    { Variables: { a: "1", "b/c": "1" } },
    [
      ["remove", "/variables/b~1c", undefined],
      ["replace", "/variables/a", "2"],
    ],
  ],
  ["an access log goes", {}, { AccessLogSetting: { Format: "x" } }, [["remove", "/accessLogSettings", undefined]]],
  [
    "all methods",
    settings({ ResourcePath: "/*", HttpMethod: "*", LoggingLevel: "INFO" }),
    {},
    [["replace", "/*/*/logging/loglevel", "INFO"]],
  ],
  [
    "the root, an escaped path and a plain one",
    settings(
      { ResourcePath: "/", HttpMethod: "GET", MetricsEnabled: true },
      { ResourcePath: "/~1pets~1{id}", HttpMethod: "GET", MetricsEnabled: "true" },
      { ResourcePath: "/pets/all", HttpMethod: "PUT", MetricsEnabled: true },
    ),
    {},
    [
      ["replace", "/~1/GET/metrics/enabled", "true"],
      ["replace", "/~1pets~1{id}/GET/metrics/enabled", "true"],
      ["replace", "/~1pets~1all/PUT/metrics/enabled", "true"],
    ],
  ],
  [
    "a method that loses one of its settings starts anew",
    settings({ ResourcePath: "/*", HttpMethod: "*", ThrottlingRateLimit: 5 }),
    settings({ ResourcePath: "/*", HttpMethod: "*", ThrottlingRateLimit: 5, LoggingLevel: "INFO" }),
    [
      ["remove", "/*/*", undefined],
      ["replace", "/*/*/throttling/rateLimit", "5"],
    ],
  ],
])("%s", (_what, properties, previous, expected) => {
  expect(stagePatch(properties, previous).map(({ op, path, value }) => [op, path, value])).toEqual(expected);
});
