// Cases of a role's report: its policies, what it did, and what is said of it.

import { describe, expect, test } from "vitest";
import type { AccessUse } from "../../../cloud/access-tally.ts";
import { accessReport, type DeployedRole, type RoleReport } from "./access-report.ts";
import { cdkSnippet } from "./cdk-snippet.ts";

const ACCOUNT = "111111111111";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/writer`;
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`;
const LOGS = { Effect: "Allow", Action: ["logs:CreateLogGroup", "logs:PutLogEvents"], Resource: "*" };
const LEADING = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["a"] } };

type Statement = Readonly<Record<string, unknown>>;

function reportOf(statements: readonly Statement[], uses: readonly Partial<AccessUse>[], services: string[] = []) {
  const role: DeployedRole = {
    arn: ROLE,
    name: "writer",
    services,
    policies: [{ name: "own", document: { Version: "2012-10-17", Statement: statements } }],
  };
  return accessReport(
    role,
    uses.map((use) => ({ role: ROLE, action: "dynamodb:PutItem", resource: TABLE, allowed: true, count: 1, ...use })),
  );
}

function allow(Action: unknown, Resource: unknown, more: object = {}): Statement {
  return { Effect: "Allow", Action, Resource, ...more };
}

type Case = {
  readonly name: string;
  readonly statements: readonly Statement[];
  readonly uses: readonly Partial<AccessUse>[];
  readonly services?: string[];
  readonly says: Partial<RoleReport>;
  /** Statements of the policy that suffices. */
  readonly policy: readonly object[];
};

const cases: readonly Case[] = [
  {
    name: "an action that no call took is unused, on all its resources",
    statements: [allow(["dynamodb:PutItem", "dynamodb:Scan"], [TABLE, `${TABLE}/index/*`])],
    uses: [{ count: 3 }],
    says: {
      used: [{ action: "dynamodb:PutItem", resources: [TABLE], count: 3 }],
      unused: [
        { policy: "own", actions: ["dynamodb:Scan"], resources: [TABLE, `${TABLE}/index/*`] },
        { policy: "own", actions: ["dynamodb:PutItem"], resources: [`${TABLE}/index/*`] },
      ],
    },
    policy: [allow(["dynamodb:PutItem"], [TABLE])],
  },
  {
    name: "a star becomes the actions and resources that were used",
    statements: [allow("*", "*")],
    uses: [{}, { action: "dynamodb:GetItem" }, { action: "sqs:SendMessage", resource: QUEUE }],
    says: { unused: [] },
    policy: [allow(["dynamodb:GetItem", "dynamodb:PutItem"], [TABLE]), allow(["sqs:SendMessage"], [QUEUE])],
  },
  {
    name: "an action is written as the policy writes it",
    statements: [allow("sqs:SendMessage", QUEUE)],
    uses: [{ action: "sqs:sendmessage", resource: QUEUE }],
    says: { unused: [] },
    policy: [allow(["sqs:SendMessage"], [QUEUE])],
  },
  {
    name: "what was denied is told, and not granted",
    statements: [allow("dynamodb:PutItem", TABLE)],
    uses: [{ action: "dynamodb:Query", allowed: false, count: 2, explanation: "Missing: …" }],
    says: {
      used: [],
      denied: [{ action: "dynamodb:Query", resource: TABLE, count: 2, explanation: "Missing: …" }],
    },
    policy: [],
  },
  {
    name: "a condition is kept",
    statements: [allow("dynamodb:*", TABLE, { Condition: LEADING })],
    uses: [{}],
    says: {},
    policy: [allow(["dynamodb:PutItem"], [TABLE], { Condition: LEADING })],
  },
  {
    name: "a condition is not needed where another statement grants the same without",
    statements: [allow("dynamodb:*", TABLE, { Condition: LEADING }), allow("dynamodb:PutItem", TABLE)],
    uses: [{}],
    says: {},
    policy: [allow(["dynamodb:PutItem"], [TABLE])],
  },
  {
    name: "a statement that denies is kept as it is",
    statements: [allow("dynamodb:*", "*"), { Effect: "Deny", Action: "dynamodb:DeleteTable", Resource: "*" }],
    uses: [{}],
    says: {},
    policy: [allow(["dynamodb:PutItem"], [TABLE]), { Effect: "Deny", Action: "dynamodb:DeleteTable", Resource: "*" }],
  },
  {
    name: "what a resource's own policy allowed needs no statement",
    statements: [],
    uses: [{ action: "sqs:SendMessage", resource: QUEUE, count: 4, byResource: true }],
    says: { used: [], byTests: [], byResourcePolicy: [{ action: "sqs:SendMessage", resources: [QUEUE], count: 4 }] },
    policy: [],
  },
  {
    name: "what a test's own policy for the role allowed is neither the resource's nor a reason to grant it",
    statements: [],
    uses: [{ action: "SQS:SendMessage", resource: QUEUE, count: 4 }],
    says: { used: [], byResourcePolicy: [], byTests: [{ action: "sqs:SendMessage", resources: [QUEUE], count: 4 }] },
    policy: [],
  },
  {
    name: "what Lambda itself does with the role stays granted",
    statements: [LOGS],
    uses: [],
    services: ["lambda.amazonaws.com"],
    says: { unused: [], serviceWork: ["logs:CreateLogGroup", "logs:PutLogEvents"] },
    policy: [allow(["logs:CreateLogGroup", "logs:PutLogEvents"], ["*"])],
  },
  {
    name: "the same actions of a role that no service has are unused",
    statements: [LOGS],
    uses: [],
    says: { unused: [{ policy: "own", actions: LOGS.Action, resources: ["*"] }], serviceWork: [] },
    policy: [],
  },
  {
    name: "a bare star does not make a role's service need anything",
    statements: [allow("*", "*")],
    uses: [],
    services: ["lambda.amazonaws.com"],
    says: { unused: [{ policy: "own", actions: ["*"], resources: ["*"] }], serviceWork: [] },
    policy: [],
  },
  {
    name: "NotAction and NotResource give what was used, exactly",
    statements: [{ Effect: "Allow", NotAction: "iam:*", NotResource: QUEUE }],
    uses: [
      { resource: "arn:aws:s3:::b/1", action: "s3:GetObject" },
      { resource: "arn:aws:s3:::b/2", action: "s3:GetObject" },
    ],
    says: { unused: [] },
    policy: [allow(["s3:GetObject"], ["arn:aws:s3:::b/1", "arn:aws:s3:::b/2"])],
  },
  {
    name: "resources that were too many to list keep their grant",
    statements: [allow("s3:GetObject", ["arn:aws:s3:::b/a/*", "arn:aws:s3:::b/b/*"])],
    uses: [
      { action: "s3:GetObject", resource: "arn:aws:s3:::b/a/1" },
      { action: "s3:GetObject", resource: undefined, count: 9 },
    ],
    says: { unlisted: ["s3:GetObject"] },
    policy: [allow(["s3:GetObject"], ["arn:aws:s3:::b/a/*", "arn:aws:s3:::b/b/*"])],
  },
  {
    name: "one object is named exactly, and pointed out",
    statements: [allow("s3:GetObject", "arn:aws:s3:::b/*")],
    uses: [{ action: "s3:GetObject", resource: "arn:aws:s3:::b/a/1" }],
    says: { single: ["arn:aws:s3:::b/a/1"] },
    policy: [allow(["s3:GetObject"], ["arn:aws:s3:::b/a/1"])],
  },
  {
    name: "an object that the policy itself names is not pointed out",
    statements: [allow("s3:GetObject", "arn:aws:s3:::b/a/1")],
    uses: [{ action: "s3:GetObject", resource: "arn:aws:s3:::b/a/1" }],
    says: { single: [] },
    policy: [allow(["s3:GetObject"], ["arn:aws:s3:::b/a/1"])],
  },
  {
    name: "other roles' calls are not this one's",
    statements: [allow("dynamodb:PutItem", TABLE)],
    uses: [{ role: `${ROLE}-2` }],
    says: { used: [], unused: [{ policy: "own", actions: ["dynamodb:PutItem"], resources: [TABLE] }] },
    policy: [],
  },
];

test.each(cases)("$name", ({ statements, uses, services, says, policy }) => {
  const report = reportOf(statements, uses, services);
  expect(report).toMatchObject(says);
  expect(report.leastPrivilege).toEqual({ Version: "2012-10-17", Statement: policy });
});

describe("the policy that suffices", () => {
  const grants = [
    allow("s3:*", ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]),
    allow("dynamodb:*", TABLE, { Condition: LEADING }),
  ];
  const uses = [
    { action: "s3:GetObject", resource: "arn:aws:s3:::b/a/1" },
    { action: "s3:GetObject", resource: "arn:aws:s3:::b/a/2" },
    { action: "s3:ListBucket", resource: "arn:aws:s3:::b" },
    {},
  ];

  test("is its own: a role that has it is told the same again", () => {
    const first = reportOf(grants, uses).leastPrivilege.Statement as readonly Statement[];
    const again = reportOf(first, uses);
    expect(again.leastPrivilege.Statement).toEqual(first);
    expect(again.unused).toEqual([]);
  });

  test("as CDK code stands in any account and region", () => {
    const statements = [
      ...reportOf([allow("dynamodb:*", TABLE, { Condition: LEADING })], [{}]).leastPrivilege.Statement,
      { Sid: "No", Effect: "Deny", Action: "s3:*", Resource: `arn:aws:iam::${ACCOUNT}:role/\${aws:username}\`` },
    ];
    expect(cdkSnippet(statements, { account: ACCOUNT, references: {} })).toBe(
      [
        "role.addToPrincipalPolicy(",
        "  new iam.PolicyStatement({",
        '    actions: ["dynamodb:PutItem"],',
        "    resources: [`arn:aws:dynamodb:${cdk.Aws.REGION}:${cdk.Aws.ACCOUNT_ID}:table/orders`],",
        `    conditions: ${JSON.stringify(LEADING)},`,
        "  }),",
        ");",
        "role.addToPrincipalPolicy(",
        "  new iam.PolicyStatement({",
        '    sid: "No",',
        "    effect: iam.Effect.DENY,",
        '    actions: ["s3:*"],',
        "    resources: [`arn:aws:iam::${cdk.Aws.ACCOUNT_ID}:role/\\${aws:username}\\``],",
        "  }),",
        ");",
      ].join("\n"),
    );
  });

  test("as CDK code names the stack's resources by reference, and no others whose names begin alike", () => {
    const references = { "arn:aws:s3:::b": 'cdk.Fn.getAtt("Box", "Arn").toString()', [QUEUE]: 'cdk.Fn.ref("Jobs")' };
    const Resource = [
      "arn:aws:s3:::b",
      "arn:aws:s3:::b/a/${aws:username}/*",
      "arn:aws:s3:::box/*",
      QUEUE,
      `${QUEUE}-2`,
    ];
    expect(cdkSnippet([allow("s3:*", Resource)], { account: ACCOUNT, references })).toBe(
      [
        "role.addToPrincipalPolicy(",
        "  new iam.PolicyStatement({",
        '    actions: ["s3:*"],',
        "    resources: [",
        '      cdk.Fn.getAtt("Box", "Arn").toString(),',
        '      `${cdk.Fn.getAtt("Box", "Arn").toString()}/a/\\${aws:username}/*`,',
        '      "arn:aws:s3:::box/*",',
        '      cdk.Fn.ref("Jobs"),',
        "      `arn:aws:sqs:${cdk.Aws.REGION}:${cdk.Aws.ACCOUNT_ID}:jobs-2`,",
        "    ],",
        "  }),",
        ");",
      ].join("\n"),
    );
  });

  test("is no code where nothing is to be granted", () => {
    expect(cdkSnippet([], { account: ACCOUNT, references: {} })).toBeUndefined();
  });
});
