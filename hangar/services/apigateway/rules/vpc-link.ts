// What a VPC link may say, and what its patches do.

import type { CreateVpcLinkInput } from "../../../models/apigateway.d.ts";
import { badRequest } from "../errors.ts";
import { optionalText, text, type PatchRules } from "./patch.ts";
import type { VpcLinkRow } from "../store.ts";

/** There at once. */
export function newVpcLink({ name, description, targetArns, tags }: CreateVpcLinkInput, id: string): VpcLinkRow {
  if (name === "") throw badRequest("Name cannot be empty");
  const [target = ""] = targetArns;
  const malformed = targetArns.find((arn) => !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn));
  if (malformed !== undefined) throw badRequest(`Invalid ARN. ARN is not well formed ${malformed}`);
  if (targetArns.length !== 1 || !/^arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:loadbalancer\/net\/.+$/.test(target))
    throw badRequest("A VPC link needs the ARN of one network load balancer as its target");
  return {
    id,
    name,
    ...(description === undefined ? {} : { description }),
    targetArns,
    status: "AVAILABLE",
    statusMessage: "Your vpc link is ready for use",
    ...(tags === undefined ? {} : { tags }),
  };
}

/** Tags are shown to who asks for one link, be they none. */
export function shownLink(row: VpcLinkRow): VpcLinkRow {
  return { ...row, tags: row.tags ?? {} };
}

export const vpcLinkPatches: PatchRules<VpcLinkRow> = {
  "/name": text("name"),
  "/description": optionalText("description"),
};
