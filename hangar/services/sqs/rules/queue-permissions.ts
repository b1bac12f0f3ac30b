// The statements that AddPermission writes into a queue's policy and RemovePermission takes out.

import { invalidParameterValue } from "../errors.ts";

type Statement = Readonly<Record<string, unknown>> & { readonly Sid?: string };
type Policy = { readonly Version: string; readonly Id?: string; readonly Statement: readonly Statement[] };

export type Permission = {
  readonly label: string;
  readonly accounts: readonly string[];
  readonly actions: readonly string[];
  readonly queueArn: string;
};

function policyOf(text: string | undefined, queueArn: string): Policy {
  if (text === undefined) return { Version: "2008-10-17", Id: `${queueArn}/SQSDefaultPolicy`, Statement: [] };
  const policy = JSON.parse(text) as Policy;
  return { ...policy, Statement: [policy.Statement].flat() };
}

function oneOrMany<Value>(values: readonly Value[]): Value | readonly Value[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}

export function withPermission(text: string | undefined, { label, accounts, actions, queueArn }: Permission): string {
  const policy = policyOf(text, queueArn);
  if (policy.Statement.some((each) => each.Sid === label))
    throw invalidParameterValue(`Value ${label} for parameter Label is invalid. Reason: Already exists.`);
  const statement = {
    Sid: label,
    Effect: "Allow",
    Principal: { AWS: oneOrMany(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: oneOrMany(actions.map((action) => `SQS:${action}`)),
    Resource: queueArn,
  };
  return JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
}

/** Empty when nothing is left of it. */
export function withoutPermission(text: string | undefined, label: string, queueArn: string): string {
  const policy = policyOf(text, queueArn);
  const kept = policy.Statement.filter((each) => each.Sid !== label);
  if (kept.length === policy.Statement.length)
    throw invalidParameterValue(`Value ${label} for parameter Label is invalid. Reason: can't find label.`);
  return kept.length === 0 ? "" : JSON.stringify({ ...policy, Statement: kept });
}
