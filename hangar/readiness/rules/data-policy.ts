// What becomes of data when its resource is taken out of the template, or replaced.

import type { TemplateResource } from "../../services/cloudformation/rules/template.ts";
import { dataTypes, snapshotByDefault } from "../data-types.ts";
import type { Level } from "../finding.ts";
import type { Rule } from "../rule.ts";

export const dataPolicy: Rule = {
  name: "data-policy",
  says: "Data is deleted with its resource, by a policy or because none says otherwise.",
  find: ({ stacks }) =>
    stacks.flatMap(({ name: stack, resources }) =>
      resources
        .filter(({ type }) => dataTypes.has(type) && !snapshotByDefault.has(type))
        .flatMap(({ logicalId, raw }) => {
          const judged = judge(raw);
          return judged === undefined ? [] : [{ rule: "data-policy", stack, logicalId, ...judged }];
        }),
    ),
};

function judge({
  DeletionPolicy: deletion,
  UpdateReplacePolicy: replacement,
}: TemplateResource): { readonly level: Level; readonly message: string; readonly help: string } | undefined {
  if (deletion === undefined && replacement === undefined)
    return {
      level: "warning",
      message: "Nothing says what becomes of the data: CloudFormation deletes it with the resource.",
      help: "Say removalPolicy (DeletionPolicy and UpdateReplacePolicy): RETAIN, or DESTROY where it may go.",
    };
  const kept = (policy: string | undefined): boolean => policy !== undefined && policy !== "Delete";
  if (kept(deletion) && !kept(replacement))
    return {
      level: "warning",
      message: "The data is kept when the resource is taken out, and deleted when a change replaces it.",
      help: "Give it the UpdateReplacePolicy that its DeletionPolicy is.",
    };
  if (kept(deletion)) return undefined;
  return {
    level: "note",
    message: "The data is deleted with the resource: its DeletionPolicy is Delete.",
    help: "Right for a stage that may go. Where the data is to stay: removalPolicy RETAIN.",
  };
}
