// Cases of AWS's evaluation logic: caller, policies, resource policy and what comes of them.

import { describe, expect, test } from "vitest";
import type { Caller } from "../../../cloud/operation.ts";
import type { AccessNeed } from "../../../ports/access.ts";
import { lookupFor, type KeyValues } from "./condition-keys.ts";
import { decideNeed, type CallerPolicies } from "./decide.ts";
import { messageOf } from "./denial.ts";
import { compiledPolicy } from "./policy-document.ts";

const ACCOUNT = "111111111111";
const user: Caller = {
  kind: "user",
  account: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/ann`,
  userId: "AIDA1",
  userName: "ann",
};
const role: Caller = {
  kind: "role",
  account: ACCOUNT,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`,
  userId: "AROA1:s",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/r`,
  sessionName: "s",
};
const root: Caller = { kind: "root", account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, userId: ACCOUNT };
const service: Caller = {
  kind: "service",
  account: ACCOUNT,
  arn: "events.amazonaws.com",
  userId: "",
  sourceArn: `arn:aws:events:us-east-1:${ACCOUNT}:rule/r`,
  sourceAccount: ACCOUNT,
};
const anonymous: Caller = { kind: "anonymous", account: ACCOUNT, arn: "*", userId: "" };

const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:q`;
const OTHER_QUEUE = "arn:aws:sqs:us-east-1:222222222222:q";
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/target`;

const allow = (more: object = {}): object => ({ Effect: "Allow", Action: "*", Resource: "*", ...more });
const deny = (more: object = {}): object => ({ ...allow(more), Effect: "Deny" });
const document = (...statements: object[]): object => ({ Version: "2012-10-17", Statement: statements });

type Case = {
  readonly name: string;
  readonly caller: Caller;
  readonly identity?: object;
  readonly boundary?: object;
  readonly session?: object;
  readonly resource?: object;
  readonly need?: Partial<AccessNeed>;
  readonly keys?: KeyValues;
  /** True, or the end of AWS's sentence. */
  readonly outcome: true | string;
};

const cases: readonly Case[] = [
  {
    name: "nothing allows",
    caller: user,
    outcome: "because no identity-based policy allows the sqs:SendMessage action",
  },
  { name: "an identity policy allows", caller: user, identity: allow(), outcome: true },
  { name: "actions match whatever their case", caller: user, identity: allow({ Action: "SQS:send*" }), outcome: true },
  {
    name: "NotAction leaves out",
    caller: user,
    identity: allow({ Action: undefined, NotAction: "sqs:*" }),
    outcome: "because no identity-based policy allows the sqs:SendMessage action",
  },
  {
    name: "NotResource leaves out",
    caller: user,
    identity: allow({ Resource: undefined, NotResource: QUEUE }),
    outcome: "because no identity-based policy allows the sqs:SendMessage action",
  },
  {
    name: "an explicit deny wins",
    caller: user,
    identity: deny(),
    resource: allow({ Principal: "*" }),
    outcome: "with an explicit deny in an identity-based policy",
  },
  {
    name: "a resource policy's deny stops the root user",
    caller: root,
    resource: deny({ Principal: "*" }),
    outcome: "with an explicit deny in a resource-based policy",
  },
  { name: "the root user needs no policy", caller: root, outcome: true },
  {
    name: "in one account the resource policy suffices",
    caller: user,
    resource: allow({ Principal: { AWS: user.arn } }),
    outcome: true,
  },
  {
    name: "naming the account only delegates",
    caller: user,
    resource: allow({ Principal: { AWS: ACCOUNT } }),
    outcome: "because no identity-based policy allows the sqs:SendMessage action",
  },
  {
    name: "across accounts both have to allow: no resource policy",
    caller: user,
    identity: allow(),
    need: { resource: OTHER_QUEUE },
    outcome: "because no resource-based policy allows the sqs:SendMessage action",
  },
  {
    name: "across accounts both have to allow: no identity policy",
    caller: user,
    resource: allow({ Principal: "*" }),
    need: { resource: OTHER_QUEUE },
    outcome: "because no identity-based policy allows the sqs:SendMessage action",
  },
  {
    name: "across accounts both allow",
    caller: user,
    identity: allow(),
    resource: allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
    need: { resource: OTHER_QUEUE },
    outcome: true,
  },
  {
    name: "a boundary that does not allow",
    caller: role,
    identity: allow(),
    boundary: allow({ Action: "s3:*" }),
    outcome: "because no permissions boundary allows the sqs:SendMessage action",
  },
  {
    name: "a session policy that does not allow",
    caller: role,
    identity: allow(),
    session: allow({ Action: "s3:*" }),
    outcome: "because no session policy allows the sqs:SendMessage action",
  },
  {
    name: "a grant to the role is narrowed by the session policy",
    caller: role,
    resource: allow({ Principal: { AWS: role.roleArn } }),
    session: allow({ Action: "s3:*" }),
    outcome: "because no session policy allows the sqs:SendMessage action",
  },
  {
    name: "a grant to the session is not",
    caller: role,
    resource: allow({ Principal: { AWS: role.arn } }),
    session: allow({ Action: "s3:*" }),
    outcome: true,
  },
  {
    name: "a grant to the user is not narrowed by the boundary",
    caller: user,
    resource: allow({ Principal: { AWS: user.arn } }),
    boundary: allow({ Action: "s3:*" }),
    outcome: true,
  },
  {
    name: "a service needs the resource's word",
    caller: service,
    outcome: "because no resource-based policy allows the sqs:SendMessage action",
  },
  {
    name: "a service named by the resource",
    caller: service,
    resource: allow({ Principal: { Service: "events.amazonaws.com" } }),
    outcome: true,
  },
  {
    name: "a service from another source",
    caller: service,
    resource: allow({
      Principal: { Service: "events.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:us-east-1:999999999999:rule/r" } },
    }),
    outcome: "because no resource-based policy allows the sqs:SendMessage action",
  },
  {
    name: "a service from the source",
    caller: service,
    resource: allow({
      Principal: { Service: "events.amazonaws.com" },
      Condition: {
        ArnLike: { "aws:SourceArn": `arn:aws:events:*:${ACCOUNT}:rule/*` },
        StringEquals: { "aws:SourceAccount": ACCOUNT },
      },
    }),
    outcome: true,
  },
  {
    name: "anonymous callers need a public policy",
    caller: anonymous,
    resource: allow({ Principal: { AWS: ACCOUNT } }),
    outcome: "because no resource-based policy allows the sqs:SendMessage action",
  },
  { name: "a public policy", caller: anonymous, resource: allow({ Principal: "*" }), outcome: true },
  {
    name: "NotPrincipal with Deny spares whom it names",
    caller: role,
    identity: allow(),
    resource: deny({ NotPrincipal: { AWS: [role.roleArn, `arn:aws:iam::${ACCOUNT}:root`] } }),
    outcome: true,
  },
  {
    name: "NotPrincipal with Deny stops the rest",
    caller: user,
    identity: allow(),
    resource: deny({ NotPrincipal: { AWS: [role.roleArn, `arn:aws:iam::${ACCOUNT}:root`] } }),
    outcome: "with an explicit deny in a resource-based policy",
  },
  {
    name: "a key's policy has to speak",
    caller: user,
    identity: allow(),
    resource: allow({ Principal: { AWS: role.roleArn } }),
    need: { action: "kms:Decrypt", resource: KEY },
    outcome: "because no resource-based policy allows the kms:Decrypt action",
  },
  {
    name: "a key's policy delegates to the account",
    caller: user,
    identity: allow(),
    resource: allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
    need: { action: "kms:Decrypt", resource: KEY },
    outcome: true,
  },
  {
    name: "a key's delegation alone is not enough",
    caller: user,
    resource: allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
    need: { action: "kms:Decrypt", resource: KEY },
    outcome: "because no identity-based policy allows the kms:Decrypt action",
  },
  {
    name: "a role's trust policy has to speak",
    caller: user,
    identity: allow(),
    resource: allow({ Resource: undefined, Principal: { Service: "lambda.amazonaws.com" } }),
    need: { action: "sts:AssumeRole", resource: ROLE },
    outcome: "because no role trust policy allows the sts:AssumeRole action",
  },
  {
    name: "a role that trusts the user's account",
    caller: root,
    resource: allow({ Resource: undefined, Principal: { AWS: ACCOUNT } }),
    need: { action: "sts:AssumeRole", resource: ROLE },
    outcome: true,
  },
  {
    name: "variables stand for the caller's name",
    caller: user,
    identity: allow({ Resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:\${aws:username}-*` }),
    need: { resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:ann-1` },
    outcome: true,
  },
  {
    name: "and not for others'",
    caller: user,
    identity: allow({ Resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:\${aws:username}-*` }),
    need: { resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:bob-1` },
    outcome: "because no identity-based policy allows the sqs:SendMessage action",
  },
  {
    name: "a wildcard in a short ARN matches the rest",
    caller: user,
    identity: allow({ Resource: "arn:aws:sqs:*:q" }),
    need: { resource: QUEUE },
    outcome: true,
  },
  {
    name: "in a whole ARN it stays within its part",
    caller: user,
    identity: allow({ Resource: "arn:aws:sqs:*:*:*:q" }),
    need: { resource: QUEUE },
    outcome: "because no identity-based policy allows the sqs:SendMessage action",
  },
  {
    name: "conditions of one statement all hold",
    caller: user,
    identity: allow({ Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }),
    keys: { "aws:RequestedRegion": "us-east-1" },
    outcome: "because no identity-based policy allows the sqs:SendMessage action",
  },
];

describe("decisions", () => {
  test.each(cases)("$name", ({ caller, identity, boundary, session, resource, need, keys, outcome }) => {
    const policies: CallerPolicies = {
      root: caller.kind === "root",
      identity: identity === undefined ? [] : [compiledPolicy(document(identity))],
      boundary: boundary === undefined ? undefined : compiledPolicy(document(boundary)),
      session: session === undefined ? undefined : [compiledPolicy(document(session))],
    };
    const wanted: AccessNeed = { action: "sqs:SendMessage", resource: QUEUE, ...need };
    const policy = resource === undefined ? undefined : compiledPolicy(document(resource));
    const lookup = lookupFor({ caller, need: wanted, context: keys ?? {}, principalTags: {}, now: 0 });
    const result = decideNeed(caller, policies, { need: wanted, policy, lookup });
    const said = result.allowed ? true : messageOf(caller, wanted, result);
    const who = caller.kind === "anonymous" ? "anonymous" : caller.arn;
    expect(said).toBe(
      outcome === true
        ? true
        : `User: ${who} is not authorized to perform: ${wanted.action} on resource: ${wanted.resource} ${outcome}`,
    );
  });
});
