// The CDK's toolkit stack, there from the start in every account and region: nobody has to bootstrap.

import type { Context } from "../../../cloud/operation.ts";
import type { Tables } from "../store.ts";
import { toolkitTemplate } from "../rules/toolkit-template.ts";
import { begin } from "./begin.ts";
import { draft } from "./draft.ts";
import { execute } from "./execute.ts";
import { addStack, newStackId } from "./submit.ts";

const NAME = "CDKToolkit";

/** A real deploy of a real template, so that `cdk bootstrap` on top of it is an update like any other. */
export async function seedToolkit(context: Context<Tables>): Promise<void> {
  if (context.store.names.has(NAME)) return;
  const { resources } = context.ports;
  const template = toolkitTemplate((type) => resources.resourceType(type) !== undefined);
  const id = newStackId(NAME, context);
  const input = { TemplateBody: JSON.stringify(template), Capabilities: ["CAPABILITY_NAMED_IAM"] };
  const { target, prepared, caller } = await draft(input, { stackId: id, stackName: NAME, stack: undefined }, context);
  const stack = addStack({ id, name: NAME, target, description: prepared.template.Description }, context);
  const deployment = begin("CREATE", { stack, caller, target }, { prepared }, context);
  await execute({ deployment: deployment.id }, context);
}
