// The first credentials of an account where every key must have been issued: a session of an administrator's role.

import { rootOf } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { seedRequest } from "../cloud/seeding.ts";
import { AwsError } from "../kernel/aws-error.ts";

/** The longest that a role's sessions may last. */
const SECONDS = 43_200;

export type SeededRole = {
  readonly arn: string;
  readonly credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
    readonly Expiration: number;
  };
};

/** A role that everybody in the account may assume and that may do everything, made where it is not there yet, and a session of it. */
export async function seedRole(cloud: Cloud, name: string): Promise<SeededRole> {
  const { account, region, world } = cloud;
  const call = (service: string, operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> =>
    cloud.call({
      world,
      service,
      operation,
      input,
      caller: rootOf(account),
      account,
      region,
      request: seedRequest(cloud),
    });
  const principal = { AWS: `arn:aws:iam::${account}:root` };
  const trust = { Effect: "Allow", Principal: principal, Action: ["sts:AssumeRole", "sts:TagSession"] };
  try {
    await call("iam", "CreateRole", {
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      MaxSessionDuration: SECONDS,
    });
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "EntityAlreadyExists")) throw error;
  }
  await call("iam", "AttachRolePolicy", {
    RoleName: name,
    PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const session = { RoleArn: arn, RoleSessionName: "hangar-start", DurationSeconds: SECONDS };
  const { Credentials } = (await call("sts", "AssumeRole", session)) as { Credentials: SeededRole["credentials"] };
  return { arn, credentials: Credentials };
}
