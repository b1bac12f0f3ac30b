// What a request would make of a stack: read, checked, compared; nothing is written.

import type { Caller, Context } from "../../../cloud/operation.ts";
import { AwsError, notEmulated } from "../../../kernel/aws-error.ts";
import { invalid, late } from "../errors.ts";
import { checkCapabilities, neededCapabilities } from "../rules/capabilities.ts";
import type { GivenParameter } from "../rules/parameters.ts";
import { parseTemplateText, type PlainObject, type Template } from "../rules/template.ts";
import { expandingMacros } from "../rules/transforms.ts";
import type { Import, Resource, Stack, StackTarget, Tables, Tag } from "../store.ts";
import { planChanges, type Plan } from "./plan.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { readTemplate, type TemplateSource } from "./read-template.ts";

/** The members that CreateStack, UpdateStack and CreateChangeSet share, in AWS's names. */
export type DraftInput = TemplateSource & {
  readonly UsePreviousTemplate?: boolean | undefined;
  readonly Parameters?: readonly GivenParameter[] | undefined;
  readonly Capabilities?: readonly string[] | undefined;
  readonly ResourceTypes?: readonly string[] | undefined;
  readonly RoleARN?: string | undefined;
  readonly RollbackConfiguration?:
    | {
        readonly RollbackTriggers?:
          | readonly { readonly Arn?: string | undefined; readonly Type?: string | undefined }[]
          | undefined;
      }
    | undefined;
  readonly NotificationARNs?: readonly string[] | undefined;
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly DisableRollback?: boolean | undefined;
  readonly DeploymentConfig?:
    | { readonly Mode?: string | undefined; readonly DisableRollback?: boolean | undefined }
    | undefined;
};

export type Draft = {
  readonly target: StackTarget;
  readonly prepared: Prepared;
  readonly plan: Plan;
  readonly caller: Caller;
};

export type Drafting = {
  readonly stackId: string;
  readonly stackName: string;
  /** The stack as it is; undefined while there is nothing to compare with. */ readonly stack: Stack | undefined;
  readonly imports?: readonly Import[] | undefined;
  readonly live?: ReadonlyMap<string, Resource> | undefined;
  readonly caller?: Caller | undefined;
  /** A change set: what macros made is seen before it is deployed, and needs no acknowledgement. */
  readonly reviewed?: boolean | undefined;
};

export async function draft(input: DraftInput, drafting: Drafting, context: Context<Tables>): Promise<Draft> {
  const { stack } = drafting;
  const roleArn = input.RoleARN ?? stack?.roleArn;
  const caller = drafting.caller ?? (roleArn === undefined ? context.caller : callerOfRole(roleArn, context));
  const templateText =
    input.UsePreviousTemplate === true
      ? stack?.templateText
      : await readTemplate(input, drafting.caller ?? context.caller, context);
  if (templateText === undefined || templateText === "")
    throw invalid("Either Template URL or Template Body must be specified.");
  const notificationArns = input.NotificationARNs ?? stack?.notificationArns ?? [];
  const capabilities = input.Capabilities ?? [];
  const macros = expandingMacros(parseTemplateText(templateText) as PlainObject);
  if (drafting.reviewed !== true && macros.length > 0)
    checkCapabilities({ capabilities: ["CAPABILITY_AUTO_EXPAND"] }, capabilities);
  const prepared = await afterMacros(macros, async () => {
    const found = await prepare(
      {
        caller,
        templateText,
        given: input.Parameters ?? [],
        previous: stack?.parameters ?? [],
        stackId: drafting.stackId,
        stackName: drafting.stackName,
        notificationArns,
      },
      context,
    );
    checkCapabilities(neededCapabilities(found.template, []), capabilities);
    return found;
  });
  checkResourceTypes(prepared.template, input.ResourceTypes);
  checkTriggers(input);
  const tags = (input.Tags ?? stack?.tags ?? []).map((tag): Tag => ({ Key: tag.Key ?? "", Value: tag.Value ?? "" }));
  const target: StackTarget = {
    templateText,
    processedText: prepared.processedText,
    parameters: prepared.parameters,
    tags,
    capabilities,
    notificationArns,
    rollbackConfiguration: (input.RollbackConfiguration ?? stack?.rollbackConfiguration ?? {}) as PlainObject,
    ...(roleArn === undefined ? {} : { roleArn }),
    disableRollback: input.DisableRollback ?? input.DeploymentConfig?.DisableRollback ?? false,
    ...(input.DeploymentConfig?.Mode === undefined ? {} : { deploymentMode: input.DeploymentConfig.Mode }),
  };
  return {
    target,
    prepared,
    caller,
    plan: planChanges(prepared, { stack, tags, imports: drafting.imports ?? [], live: drafting.live }, context),
  };
}

/** What a macro made of a template is looked at only when the call has been answered. */
async function afterMacros(macros: readonly string[], run: () => Promise<Prepared>): Promise<Prepared> {
  try {
    return await run();
  } catch (error) {
    throw macros.length > 0 && error instanceof AwsError ? late(error) : error;
  }
}

/** Throws what Hangar cannot do, before anything is created. */
export function refuseProblems(plan: Plan): void {
  if (plan.problems.length > 0) throw invalid(plan.problems.join(" "));
}

export function callerOfRole(roleArn: string, context: Context<Tables>): Caller {
  try {
    return context.ports.access.roleCaller(roleArn, "cloudformation.amazonaws.com", "AWSCloudFormation");
  } catch (error) {
    if (error instanceof AwsError && error.code !== "InternalFailure")
      throw invalid(`Role ${roleArn} is invalid or cannot be assumed`);
    throw error;
  }
}

function checkResourceTypes(template: Template, allowed: readonly string[] | undefined): void {
  if (allowed === undefined || allowed.length === 0) return;
  const fits = (type: string): boolean =>
    allowed.some(
      (pattern) =>
        pattern === type ||
        (pattern.endsWith("::*") && type.startsWith(pattern.slice(0, -1))) ||
        (pattern === "Custom::*" && type.startsWith("Custom::")),
    );
  for (const resource of Object.values(template.Resources))
    if (!fits(resource.Type))
      throw invalid(`Resource type ${resource.Type} is not allowed by parameter ResourceTypes [${allowed.join(", ")}]`);
}

const TRIGGERS = ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"];

function checkTriggers(input: DraftInput): void {
  for (const trigger of input.RollbackConfiguration?.RollbackTriggers ?? []) {
    if (!TRIGGERS.includes(trigger.Type ?? "")) throw invalid("Rollback Trigger Type not supported");
    if (!/^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.+$/.test(trigger.Arn ?? ""))
      throw invalid("RelativeId of a Rollback Trigger's ARN is incorrect");
    throw notEmulated("rollback triggers of CloudFormation");
  }
}
