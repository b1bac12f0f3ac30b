// Which roles a pool may give.

import type { RoleMappingMap } from "../../../models/cognito-identity.d.ts";
import { invalidParameter } from "../errors.ts";

export function checkRoles(roles: Readonly<Record<string, string>>, mappings: RoleMappingMap = {}): void {
  for (const type of Object.keys(roles))
    if (type !== "authenticated" && type !== "unauthenticated") throw invalidParameter(`Invalid role type: ${type}`);
  for (const { Type, AmbiguousRoleResolution, RulesConfiguration } of Object.values(mappings)) {
    if (AmbiguousRoleResolution === undefined)
      throw invalidParameter("AmbiguousRoleResolution is required for Token and Rules role mappings.");
    if (Type === "Rules" && RulesConfiguration === undefined)
      throw invalidParameter("RulesConfiguration is required for Rules role mappings.");
  }
}
