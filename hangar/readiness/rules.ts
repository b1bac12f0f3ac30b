// The rules of `hangar check`, in the order they report.

import type { Rule } from "./rule.ts";
import { refusedTemplate } from "./rules/refused-template.ts";

export const rules: readonly Rule[] = [refusedTemplate];
