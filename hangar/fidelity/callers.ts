// Who called when answers were recorded: a user with all rights, whose name is in some of them.

import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import type { RunningCloud } from "../index.ts";

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

export async function newAdministrator(cloud: RunningCloud): Promise<Credentials> {
  const iam = new IAMClient(cloud.clientConfig());
  const UserName = "recorder";
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}
