// The rules of `hangar check`, in the order they report.

import type { Rule } from "./rule.ts";
import { inert } from "./rules/inert.ts";
import { missing } from "./rules/missing.ts";
import { refusedProperties } from "./rules/refused-properties.ts";
import { refusedTemplate } from "./rules/refused-template.ts";

export const rules: readonly Rule[] = [refusedTemplate, refusedProperties, missing, inert];
