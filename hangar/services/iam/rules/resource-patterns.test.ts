// Cases of grouping: what was used, what was granted, and the patterns that stand for it.

import { describe, expect, test } from "vitest";
import { matchesPattern, resourcePatterns } from "./resource-patterns.ts";

const BUCKET = "arn:aws:s3:::photos";
const TABLE = "arn:aws:dynamodb:us-east-1:111111111111:table/orders";
const STREAM = "arn:aws:logs:us-east-1:111111111111:log-group:/app:log-stream:";
const RUN = "arn:aws:states:us-east-1:111111111111:execution:Convert:";

type Case = {
  readonly name: string;
  readonly used: readonly string[];
  readonly granted: readonly string[];
  readonly patterns: readonly string[];
};

const cases: readonly Case[] = [
  { name: "a table is named exactly", used: [TABLE], granted: ["*"], patterns: [TABLE] },
  {
    name: "two tables are never one pattern, however alike their names",
    used: [`${TABLE}-1`, `${TABLE}-2`],
    granted: ["arn:aws:dynamodb:*:*:table/*"],
    patterns: [`${TABLE}-1`, `${TABLE}-2`],
  },
  {
    name: "an index that was not queried is left out",
    used: [TABLE, `${TABLE}/index/by-day`],
    granted: [TABLE, `${TABLE}/index/*`],
    patterns: [TABLE, `${TABLE}/index/by-day`],
  },
  {
    name: "one object of a folder that was granted is that folder's: the next run names another",
    used: [`${BUCKET}/a/x1/1.png`],
    granted: [`${BUCKET}/a/*`, `${BUCKET}/b/*`],
    patterns: [`${BUCKET}/a/*`],
  },
  {
    name: "one execution is its state machine's: each has a new name",
    used: [`${RUN}one`],
    granted: ["arn:aws:states:*:*:execution:*"],
    patterns: [`${RUN}*`],
  },
  {
    name: "one object of a whole bucket stays as it is",
    used: [`${BUCKET}/a/1.png`],
    granted: [`${BUCKET}/*`],
    patterns: [`${BUCKET}/a/1.png`],
  },
  {
    name: "objects of a folder are the folder",
    used: [`${BUCKET}/a/1.png`, `${BUCKET}/a/2.png`],
    granted: [`${BUCKET}/*`],
    patterns: [`${BUCKET}/a/*`],
  },
  {
    name: "a folder is a whole part of a name",
    used: [`${BUCKET}/a/x1/1.png`, `${BUCKET}/a/x2/2.png`],
    granted: ["*"],
    patterns: [`${BUCKET}/a/*`],
  },
  {
    name: "objects of folders that share none are the bucket's, and the bucket itself is not",
    used: [BUCKET, `${BUCKET}/a/1`, `${BUCKET}/b/2`],
    granted: ["*"],
    patterns: [BUCKET, `${BUCKET}/*`],
  },
  {
    name: "objects of two buckets stay apart",
    used: [`${BUCKET}/1`, `${BUCKET}/2`, `${BUCKET}-old/1`, `${BUCKET}-old/2`],
    granted: ["arn:aws:s3:::*"],
    patterns: [`${BUCKET}-old/*`, `${BUCKET}/*`],
  },
  {
    name: "a folder that is more than was granted gives way to what was granted",
    used: [`${BUCKET}/a/1/small.png`, `${BUCKET}/a/2/small.png`],
    granted: [`${BUCKET}/a/*/small.png`],
    patterns: [`${BUCKET}/a/*/small.png`],
  },
  {
    name: "a grant that leaves the bucket is not taken over",
    used: [`${BUCKET}/a/1/small.png`, `${BUCKET}/a/2/small.png`],
    granted: ["arn:aws:s3:::*/small.png"],
    patterns: [`${BUCKET}/a/1/small.png`, `${BUCKET}/a/2/small.png`],
  },
  {
    name: "a ? of a grant covers no star",
    used: [`${BUCKET}/a/1`, `${BUCKET}/a/2`],
    granted: [`${BUCKET}/a/?`],
    patterns: [`${BUCKET}/a/?`],
  },
  {
    name: "two grants of folders stay two",
    used: [`${BUCKET}/a/1`, `${BUCKET}/a/2`, `${BUCKET}/b/1`, `${BUCKET}/b/2`],
    granted: [`${BUCKET}/a/*`, `${BUCKET}/b/*`],
    patterns: [`${BUCKET}/a/*`, `${BUCKET}/b/*`],
  },
  {
    name: "log streams are those of their group",
    used: [`${STREAM}one`, `${STREAM}two`],
    granted: ["*"],
    patterns: [`${STREAM}*`],
  },
  {
    name: "executions are those of their state machine",
    used: [`${RUN}one`, `${RUN}two`],
    granted: ["arn:aws:states:*:*:execution:*"],
    patterns: [`${RUN}*`],
  },
  {
    name: "a policy variable stays one",
    used: [`${BUCKET}/ann/1`],
    granted: [`${BUCKET}/\${aws:username}/*`],
    patterns: [`${BUCKET}/\${aws:username}/*`],
  },
  {
    name: "a star in the name of an object is no wildcard",
    used: [`${BUCKET}/a*b?\${c}`],
    granted: ["*"],
    patterns: [`${BUCKET}/a\${*}b\${?}\${$}{c}`],
  },
  { name: "an action without resources has a star", used: ["*"], granted: ["*"], patterns: ["*"] },
  { name: "what nothing granted is left out", used: [TABLE], granted: [BUCKET], patterns: [] },
];

test.each(cases)("$name", ({ used, granted, patterns }) => {
  expect(resourcePatterns(used, granted)).toEqual(patterns);
});

describe("whatever was used", () => {
  const everything = [...new Set(cases.flatMap(({ used }) => used))].filter((resource) => !/[*?$]/.test(resource));

  test("is matched by its patterns", () => {
    const patterns = resourcePatterns(everything, ["*"]);
    expect(everything.filter((resource) => !patterns.some((pattern) => matchesPattern(pattern, resource)))).toEqual([]);
  });

  test.each(cases)("and nothing of another table, bucket, group or flow: $name", ({ used, granted }) => {
    const patterns = resourcePatterns(used, granted);
    const places = new Set(used.map(placeOf));
    const strangers = everything.filter((resource) => !places.has(placeOf(resource)));
    expect(
      strangers.filter((resource) => patterns.some((one) => one !== "*" && matchesPattern(one, resource))),
    ).toEqual([]);
  });
});

/** The bucket, the log group, the state machine; anything else is a place of its own. */
function placeOf(resource: string): string {
  return /^arn:aws:s3:::[^/]+|^.*:log-stream:|^.*:execution:[^:]+:/.exec(resource)?.[0] ?? resource;
}
