// Service-linked roles of all recorded services, as they were recorded from AWS (see ../NOTICE).

import { recordingsOf } from "../recorded.ts";
import type { Session } from "../session.ts";
import { recorded } from "./session.ts";

const ROLES = "TestIAMServiceRoles::test_service_role_";
const AWSServiceName = "batch.amazonaws.com";
const CustomSuffix = "recorded";

async function lives(s: Session, input: object): Promise<void> {
  const { Role } = (await s.do("CreateServiceLinkedRole", input)) as { readonly Role?: { readonly RoleName: string } };
  const RoleName = Role?.RoleName;
  await s.is("describe-response", "GetRole", { RoleName });
  await s.is("inline-role-policies", "ListRolePolicies", { RoleName });
  await s.is("attached-role-policies", "ListAttachedRolePolicies", { RoleName });
}

const HOW: Readonly<Record<string, (s: Session, AWSServiceName: string) => Promise<unknown>>> = {
  lifecycle: (s, AWSServiceName) => lives(s, { AWSServiceName }),
  lifecycle_custom_suffix: (s, AWSServiceName) => lives(s, { AWSServiceName, CustomSuffix }),
  lifecycle_custom_suffix_not_allowed: (s, AWSServiceName) =>
    s.is("custom-suffix-not-allowed", "CreateServiceLinkedRole", { AWSServiceName, CustomSuffix }),
};

/** Services that had acted by their role when it was described (`RoleLastUsed`): none does so here. */
const ACTING = new Set(["kafka", "rds", "resource-explorer-2", "ssm", "sso"].map((name) => `${name}.amazonaws.com`));

/** The recorded tests of all services have their service's name in brackets. */
const drivers = Object.keys(recordingsOf(import.meta.url, "iam")).flatMap((name) => {
  const [, how = "", service = ""] = /^TestIAMServiceRoles::test_service_role_(\w+)\[(.*)\]$/.exec(name) ?? [];
  const drive = HOW[how];
  return drive === undefined || (how === "lifecycle" && ACTING.has(service))
    ? []
    : [[name, (s: Session) => drive(s, service)] as const];
});

recorded(import.meta.url, "iam", {
  ...(Object.fromEntries(drivers) as Record<string, (s: Session) => Promise<void>>),
  async [`${ROLES}already_exists`](s) {
    await s.do("CreateServiceLinkedRole", { AWSServiceName });
    await s.is("role-already-exists-error", "CreateServiceLinkedRole", { AWSServiceName });
  },
  async [`${ROLES}deletion`](s) {
    const RoleName = "AWSServiceRoleForBatch";
    await s.do("CreateServiceLinkedRole", { AWSServiceName });
    const deleted = await s.is("service-linked-role-deletion-response", "DeleteServiceLinkedRole", { RoleName });
    const { DeletionTaskId } = deleted;
    await s.is("service-linked-role-deletion-status-response", "GetServiceLinkedRoleDeletionStatus", {
      DeletionTaskId,
    });
  },
});
