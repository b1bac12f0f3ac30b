// A small run of the fuzz, the same requests each time.

import { expect, test } from "vitest";
import { openCloud } from "../../hangar/index.ts";
import { fuzz } from "./dynamodb-run.ts";

test("DynamoDB answers 1,500 random requests, none with a failure of ours", async () => {
  const { cloud, close } = await openCloud({ listen: false, seed: "fuzz" });
  const { answers, complaints } = await fuzz(cloud, 7, 1500);
  await close();
  expect(complaints).toEqual([]);
  const succeeded = Object.entries(answers).filter(([answer]) => answer.includes(" 200"));
  expect(succeeded.length).toBeGreaterThan(10);
});

test("and 2,500 of PartiQL alone", async () => {
  const { cloud, close } = await openCloud({ listen: false, seed: "fuzz" });
  const { answers, complaints } = await fuzz(cloud, 5, 2500, /^(?:Batch)?Execute/);
  await close();
  expect(complaints).toEqual([]);
  expect(Object.keys(answers)).toEqual(
    expect.arrayContaining([
      "ExecuteStatement 200",
      "BatchExecuteStatement 200",
      "ExecuteTransaction 200",
      "ExecuteTransaction 400 TransactionCanceledException",
    ]),
  );
});
