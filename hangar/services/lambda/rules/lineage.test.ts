// How a header's Lineage counts the invocations of a chain.

import { expect, test } from "vitest";
import { extended, lineageOf, loopsOf } from "./lineage.ts";

const [one, two] = [
  "arn:aws:lambda:us-east-1:000000000000:function:one",
  "arn:aws:lambda:us-east-1:000000000000:function:two",
];

test.each([
  [undefined, undefined],
  ["Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", undefined],
  ["Root=1-5759e988-bd862e3fe1be46a994272793;Lineage=a87bd80c:1|68fd508a:5;Sampled=1", "a87bd80c:1|68fd508a:5"],
])("the lineage of %s is %s", (header, lineage) => {
  expect(lineageOf(header)).toBe(lineage);
});

test("each function of a chain is counted for itself", () => {
  const lineage = [one, two, one].reduce<string | undefined>(extended, undefined);
  expect([loopsOf(lineage, one), loopsOf(lineage, two), loopsOf(undefined, one)]).toEqual([2, 1, 0]);
  expect(lineageOf(`Root=1-0-0;Lineage=${lineage}`)).toBe(lineage);
});
