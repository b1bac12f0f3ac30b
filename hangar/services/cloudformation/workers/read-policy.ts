// A stack policy's text, from the request itself or from the bucket its URL names.

import type { Context } from "../../../cloud/operation.ts";
import { invalid } from "../errors.ts";
import { checkStackPolicy } from "../rules/stack-policy.ts";
import type { Tables } from "../store.ts";
import { readTemplate } from "./read-template.ts";

/** Undefined when the request names none. `name` is the members' common part, as AWS writes it. */
export async function readPolicy(
  { body, url }: { readonly body: string | undefined; readonly url: string | undefined },
  name: "StackPolicy" | "StackPolicyDuringUpdate",
  context: Context<Tables>,
): Promise<string | undefined> {
  if (body !== undefined && url !== undefined) throw invalid(`You cannot specify both ${name}URL and ${name}Body`);
  const text = url === undefined ? body : await readTemplate({ TemplateURL: url }, context.caller, context);
  return text === undefined ? undefined : checkStackPolicy(text);
}
