// Tells what a template declares. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html

import { textOf } from "../rules/text.ts";
import type { GetTemplateSummaryInput, GetTemplateSummaryOutput } from "../../../models/cloudformation.d.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { invalid } from "../errors.ts";
import { neededCapabilities } from "../rules/capabilities.ts";
import { declaredTransforms, expandingMacros } from "../rules/transforms.ts";
import type { Template } from "../rules/template.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { writtenTemplate } from "../workers/prepare.ts";
import { readTemplate } from "../workers/read-template.ts";
import { operation } from "../store.ts";

export const getTemplateSummary = operation<GetTemplateSummaryInput, GetTemplateSummaryOutput>(
  async (input, context) => {
    const stack = input.StackName === undefined ? undefined : stackNamed(input.StackName, context);
    if (stack?.status === "REVIEW_IN_PROGRESS")
      throw invalid("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
    const text = stack?.templateText ?? (await readTemplate(input, context.caller, context));
    if (text === undefined) throw invalid("Either Template URL or Template Body must be specified.");
    const { template, data } = writtenTemplate(text);
    const transforms = declaredTransforms(data);
    const needed = neededCapabilities(template, expandingMacros(data));
    return {
      Parameters: parametersOf(template),
      ...(template.Description === undefined ? {} : { Description: template.Description }),
      ...(needed.capabilities.length === 0 ? {} : { Capabilities: needed.capabilities }),
      ...(needed.reason === undefined ? {} : { CapabilitiesReason: needed.reason }),
      ResourceTypes: Object.values(template.Resources).map((resource) => resource.Type),
      ...(template.AWSTemplateFormatVersion === undefined
        ? {}
        : { Version: textOf(template.AWSTemplateFormatVersion) }),
      ...(template.Metadata === undefined ? {} : { Metadata: JSON.stringify(template.Metadata) }),
      ...(transforms.length === 0 ? {} : { DeclaredTransforms: transforms }),
      ResourceIdentifierSummaries: identifiersOf(template),
    } as GetTemplateSummaryOutput;
  },
);

function parametersOf(template: Template): object[] {
  return Object.entries(template.Parameters ?? {}).map(([key, facts]) => ({
    ParameterKey: key,
    ...(facts["Default"] === undefined ? {} : { DefaultValue: textOf(facts["Default"]) }),
    ParameterType: facts.Type,
    NoEcho: String(facts["NoEcho"]) === "true",
    ...(facts["Description"] === undefined ? {} : { Description: textOf(facts["Description"]) }),
    ParameterConstraints:
      facts["AllowedValues"] === undefined ? {} : { AllowedValues: (facts["AllowedValues"] as unknown[]).map(String) },
  }));
}

function identifiersOf(template: Template): object[] {
  const byType = new Map<string, string[]>();
  for (const [name, resource] of Object.entries(template.Resources))
    byType.set(resource.Type, [...(byType.get(resource.Type) ?? []), name]);
  return [...byType].map(([type, names]) => ({
    ResourceType: type,
    LogicalResourceIds: names,
    ResourceIdentifiers: loadCloudFormationType(type)?.primaryIdentifier ?? [],
  }));
}
