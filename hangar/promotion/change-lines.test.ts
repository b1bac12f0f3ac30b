// What a line of a change set says, and which lines are of data that goes.

import { expect, test } from "vitest";
import { changeLines } from "./change-lines.ts";
import type { ResourceChange } from "./change-set.ts";

const change = (more: Partial<ResourceChange>): ResourceChange => ({
  Action: "Modify",
  LogicalResourceId: "Orders",
  PhysicalResourceId: "shop-orders",
  ResourceType: "AWS::DynamoDB::Table",
  ...more,
});
const key = [{ Target: { Attribute: "Properties", Name: "KeySchema" } }];
const queue = { ResourceType: "AWS::SNS::Topic" };

const CASES: readonly (readonly [Partial<ResourceChange>, string, boolean])[] = [
  [{ Action: "Add" }, "+ Add      AWS::DynamoDB::Table Orders", false],
  [{ Action: "Import" }, "+ Import   AWS::DynamoDB::Table Orders", false],
  [
    { Replacement: "False", Details: [{ Target: { Attribute: "Tags" } }] },
    "~ Modify   AWS::DynamoDB::Table Orders (Tags)",
    false,
  ],
  [
    { Replacement: "True", PolicyAction: "ReplaceAndDelete", Details: key },
    "! Replace  AWS::DynamoDB::Table Orders (KeySchema): a new, empty one; shop-orders is deleted with its data",
    true,
  ],
  [
    { Replacement: "True", PolicyAction: "ReplaceAndRetain" },
    "! Replace  AWS::DynamoDB::Table Orders: a new, empty one; shop-orders stays there, outside the stack",
    true,
  ],
  [
    { Replacement: "Conditional", PolicyAction: "ReplaceAndSnapshot" },
    "! Replace? AWS::DynamoDB::Table Orders: may be replaced: a new, empty one; of shop-orders a snapshot is kept",
    true,
  ],
  [
    { Action: "Remove", PolicyAction: "Delete" },
    "- Remove   AWS::DynamoDB::Table Orders (shop-orders): its data is deleted",
    true,
  ],
  [
    { Action: "Remove", PolicyAction: "Retain" },
    "- Remove   AWS::DynamoDB::Table Orders (shop-orders): stays there, outside the stack",
    false,
  ],
  [{ ...queue, Replacement: "True", PolicyAction: "ReplaceAndDelete" }, "! Replace  AWS::SNS::Topic Orders", false],
  [{ ...queue, Action: "Remove", PolicyAction: "Delete" }, "- Remove   AWS::SNS::Topic Orders (shop-orders)", false],
];

test.for(CASES)("%o", ([more, text, loses]) => {
  expect(changeLines({ changes: [change(more)] })).toEqual([{ text, loses }]);
});

test("what would be lost comes first", () => {
  const lines = changeLines({
    changes: [change({ Action: "Add" }), change({ Action: "Remove", PolicyAction: "Delete" })],
  });
  expect(lines.map(({ loses }) => loses)).toEqual([true, false]);
});
