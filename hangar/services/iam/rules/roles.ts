// Making roles, and what may not be done to those of AWS's services.

import { entityAlreadyExists, malformedPolicyDocument, unmodifiableEntity } from "../errors.ts";
import { accountStore, nameKey, type IamContext, type Role } from "../store.ts";
import { checkBoundary } from "./attachments.ts";
import { entityArn } from "./entity-arn.ts";
import { putRole, roleNamed } from "./holders.ts";
import { isRecord, list } from "./policy-document.ts";
import { checkPolicy, checkSize } from "./policy-text.ts";

type NewRole = Pick<Role, "RoleName" | "Path" | "trust" | "Description" | "MaxSessionDuration" | "boundary" | "tags">;

export function newRole(context: IamContext, facts: NewRole): Role {
  if (accountStore(context).roles.has(nameKey(facts.RoleName)))
    throw entityAlreadyExists(`Role with name ${facts.RoleName} already exists.`);
  checkTrust(context, facts.trust);
  if (facts.boundary !== undefined) checkBoundary(context, facts.boundary);
  const role: Role = {
    ...facts,
    RoleId: `AROA${context.ids.upper(17)}`,
    Arn: entityArn(context.account, "role", facts.Path, facts.RoleName),
    created: context.clock.seconds() * 1000,
    inline: {},
    attached: [],
  };
  putRole(context, role);
  return role;
}

/** Trust policies name only users and roles that exist, as far as they are of this account. */
export function checkTrust(context: IamContext, document: string): void {
  checkPolicy(document, "trust");
  checkSize(document, 2048, "ACLSizePerRole");
  const parsed: unknown = JSON.parse(document);
  for (const statement of isRecord(parsed) ? list(parsed["Statement"]) : []) {
    const principal = isRecord(statement) ? statement["Principal"] : undefined;
    for (const arn of isRecord(principal) ? list(principal["AWS"]).map(String) : []) {
      const isOwn = arn.startsWith(`arn:aws:iam::${context.account}:`);
      if (isOwn && !principalExists(context, arn))
        throw malformedPolicyDocument(`Invalid principal in policy: "AWS":"${arn}"`);
    }
  }
}

/** What is no user's nor role's ARN is not for IAM to know. */
export function principalExists(context: IamContext, arn: string): boolean {
  const [, account = "", kind, last = ""] = /^arn:aws:iam::(\d{12}):(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined) return true;
  const { users, roles } = accountStore(context, account);
  const name = nameKey(last);
  return (kind === "user" ? users.get(name)?.Arn : roles.get(name)?.Arn) === arn;
}

export function modifiableRole(context: IamContext, name: string): Role {
  const role = roleNamed(context, name);
  if (!role.Path.startsWith("/aws-service-role/")) return role;
  throw unmodifiableEntity(
    `Cannot perform the operation on the protected role '${role.RoleName}' - this role is only modifiable by AWS`,
  );
}
