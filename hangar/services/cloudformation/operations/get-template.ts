// Gives a template back as it was sent, or as it is after its transforms. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html

import type { GetTemplateInput, GetTemplateOutput } from "../../../models/cloudformation.d.ts";
import { changeSetNamed, requiredStack } from "../workers/find-stack.ts";
import { operation, type StackTarget } from "../store.ts";

export const getTemplate = operation<GetTemplateInput, GetTemplateOutput>((input, context) => {
  const StagesAvailable = ["Original", "Processed"];
  if (input.ChangeSetName !== undefined && input.ChangeSetName !== "") {
    const changeSet = changeSetNamed(input, context, "StackName is a required parameter.");
    return { TemplateBody: bodyOf(changeSet.target, input.TemplateStage), StagesAvailable };
  }
  const stack = requiredStack(input.StackName, context);
  // A stack in review has no template yet: an error here would stop the CDK.
  return {
    TemplateBody: stack.status === "REVIEW_IN_PROGRESS" ? "" : bodyOf(stack, input.TemplateStage),
    StagesAvailable,
  };
});

/** Verbatim unless a transform changed it: the CDK compares texts. */
function bodyOf(target: StackTarget, stage: string | undefined): string {
  return stage === "Processed" ? (target.processedText ?? target.templateText) : target.templateText;
}
