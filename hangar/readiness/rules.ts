// The rules of `hangar check`, in the order they report.

import type { Rule } from "./rule.ts";
import { dataPolicy } from "./rules/data-policy.ts";
import { inert } from "./rules/inert.ts";
import { missing } from "./rules/missing.ts";
import { fixedNames, sharedNames, takenNames, wrongNames } from "./rules/names.ts";
import { neverUsed } from "./rules/never-used.ts";
import { plainSecrets } from "./rules/plain-secrets.ts";
import { publicBucket, wildcardPrincipal } from "./rules/public-access.ts";
import { defaultQuotas } from "./rules/quotas.ts";
import { refusedProperties } from "./rules/refused-properties.ts";
import { refusedTemplate } from "./rules/refused-template.ts";
import { replacement } from "./rules/replacement.ts";
import { runtimeEnd } from "./rules/runtime-end.ts";
import { templateLimits } from "./rules/template-limits.ts";
import { unusedPermissions } from "./rules/unused-permissions.ts";

export const rules: readonly Rule[] = [
  refusedTemplate,
  refusedProperties,
  missing,
  inert,
  replacement,
  publicBucket,
  wildcardPrincipal,
  plainSecrets,
  runtimeEnd,
  templateLimits,
  defaultQuotas,
  wrongNames,
  sharedNames,
  dataPolicy,
  takenNames,
  fixedNames,
  neverUsed,
  unusedPermissions,
];
