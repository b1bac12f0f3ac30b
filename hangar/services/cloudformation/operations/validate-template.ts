// Checks a template without making anything. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html

import { textOf } from "../rules/text.ts";
import type { ValidateTemplateInput, ValidateTemplateOutput } from "../../../models/cloudformation.d.ts";
import { invalid } from "../errors.ts";
import { neededCapabilities } from "../rules/capabilities.ts";
import { declaredTransforms, expandingMacros } from "../rules/transforms.ts";
import { writtenTemplate } from "../workers/prepare.ts";
import { readTemplate } from "../workers/read-template.ts";
import { operation } from "../store.ts";

export const validateTemplate = operation<ValidateTemplateInput, ValidateTemplateOutput>(async (input, context) => {
  const text = await readTemplate(input, context.caller, context);
  if (text === undefined) throw invalid("Either Template URL or Template Body must be specified.");
  const { template, data } = writtenTemplate(text);
  const needed = neededCapabilities(template, expandingMacros(data));
  const transforms = declaredTransforms(data);
  const Parameters = Object.entries(template.Parameters ?? {}).map(([ParameterKey, facts]) => ({
    ParameterKey,
    ...(facts["Default"] === undefined ? {} : { DefaultValue: textOf(facts["Default"]) }),
    NoEcho: String(facts["NoEcho"]) === "true",
    ...(facts["Description"] === undefined ? {} : { Description: textOf(facts["Description"]) }),
  }));
  return {
    Parameters,
    ...(template.Description === undefined ? {} : { Description: template.Description }),
    ...(needed.capabilities.length === 0
      ? {}
      : { Capabilities: needed.capabilities, CapabilitiesReason: needed.reason }),
    ...(transforms.length === 0 ? {} : { DeclaredTransforms: transforms }),
  };
});
