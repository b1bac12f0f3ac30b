// Lists what hooks said about a target: nobody can activate a hook here, so none ever ran. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListHookResults.html

import type { ListHookResultsInput, ListHookResultsOutput } from "../../../models/cloudformation.d.ts";
import { hookResultMissing } from "../errors.ts";
import { findStack } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const listHookResults = operation<ListHookResultsInput, ListHookResultsOutput>((input, context) => {
  const { TargetType, TargetId } = input;
  if (TargetType === "STACK" && findStack(TargetId ?? "", context) === undefined) throw hookResultMissing();
  if (TargetType === "CHANGE_SET" && !context.store.changeSets.has(TargetId ?? "")) throw hookResultMissing();
  return {
    ...(TargetType === undefined ? {} : { TargetType }),
    ...(TargetId === undefined ? {} : { TargetId }),
    HookResults: [],
  };
});
