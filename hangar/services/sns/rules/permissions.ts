// The statements that AddPermission writes into a topic's policy and RemovePermission takes out.

import { invalidParameter } from "../errors.ts";

type Statement = Readonly<Record<string, unknown>> & { readonly Sid?: string };
type Policy = { readonly Version: string; readonly Id?: string; readonly Statement: readonly Statement[] };

const ACTIONS = new Set([
  "addpermission",
  "deletetopic",
  "getdataprotectionpolicy",
  "gettopicattributes",
  "listsubscriptionsbytopic",
  "listtagsforresource",
  "publish",
  "putdataprotectionpolicy",
  "receive",
  "removepermission",
  "settopicattributes",
  "subscribe",
]);

export type Permission = {
  readonly label: string;
  readonly accounts: readonly string[];
  readonly actions: readonly string[];
};

function policyOf(text: string): Policy {
  const policy = JSON.parse(text) as Policy;
  return { ...policy, Statement: [policy.Statement].flat() };
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] ?? "") : values;
}

export function withPermission(text: string, { label, accounts, actions }: Permission, topicArn: string): string {
  const policy = policyOf(text);
  if (policy.Statement.some((each) => each.Sid === label)) throw invalidParameter("Statement already exists");
  if (actions.some((action) => !ACTIONS.has(action.toLowerCase())))
    throw invalidParameter("Policy statement action out of service scope!");
  const statement = {
    Sid: label,
    Effect: "Allow",
    Principal: { AWS: oneOrMany(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: oneOrMany(actions.map((action) => `SNS:${action}`)),
    Resource: topicArn,
  };
  return JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
}

/** A label that is not there changes nothing. */
export function withoutPermission(text: string, label: string): string {
  const policy = policyOf(text);
  return JSON.stringify({ ...policy, Statement: policy.Statement.filter((each) => each.Sid !== label) });
}
