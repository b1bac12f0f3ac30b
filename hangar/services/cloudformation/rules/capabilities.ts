// Which capabilities a template makes its caller acknowledge.

import { missingCapabilities } from "../errors.ts";
import type { Template } from "./template.ts";

/** IAM types, and the property by which each takes a name of its own. */
const NAMES: Readonly<Record<string, string | undefined>> = {
  "AWS::IAM::Group": "GroupName",
  "AWS::IAM::InstanceProfile": "InstanceProfileName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::Policy": undefined,
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
  "AWS::IAM::AccessKey": undefined,
  "AWS::IAM::UserToGroupAddition": undefined,
};

export type Needed = { readonly capabilities: readonly string[]; readonly reason: string | undefined };

/** `macros`: those of the template before they were applied. */
export function neededCapabilities(template: Template, macros: readonly string[]): Needed {
  const iam = Object.values(template.Resources).filter((resource) => Object.hasOwn(NAMES, resource.Type));
  const named = iam.some((resource) => resource.Properties?.[NAMES[resource.Type] ?? ""] !== undefined);
  const capabilities = [
    ...(iam.length === 0 ? [] : [named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM"]),
    ...(macros.length === 0 ? [] : ["CAPABILITY_AUTO_EXPAND"]),
  ];
  const types = [...new Set(iam.map((resource) => resource.Type))];
  return {
    capabilities,
    reason: types.length === 0 ? undefined : `The following resource(s) require capabilities: [${types.join(", ")}]`,
  };
}

/** Throws when the caller did not acknowledge what the template does. */
export function checkCapabilities(needed: Pick<Needed, "capabilities">, given: readonly string[]): void {
  const missing = needed.capabilities.filter(
    (need) => !given.includes(need) && !(need === "CAPABILITY_IAM" && given.includes("CAPABILITY_NAMED_IAM")),
  );
  if (missing.length > 0) throw missingCapabilities(missing);
}
