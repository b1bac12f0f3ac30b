// What a mapping template is given: $input, $util, $context and $stageVariables.

import { toJava, type JavaValue } from "../../../kernel/velocity/java-values.ts";
import type { Variables } from "../../../kernel/velocity/render.ts";
import { inputObject, util } from "../../../kernel/velocity/template-objects.ts";
import { contextValues } from "./context-values.ts";
import type { Invocation } from "./invocation.ts";

export type Message = {
  /** What `$input.body` is: the request's body, or the integration's answer. */
  readonly body: string;
};

export function templateVariables(invocation: Invocation, { body }: Message): Variables {
  const context = toJava(contextValues(invocation)) as Map<string, unknown>;
  context.set("requestOverride", invocation.requestOverride);
  context.set("responseOverride", invocation.responseOverride);
  const { query, headers } = invocation;
  const input = inputObject(
    body,
    () => ({
      path: pathOf(invocation),
      querystring: new Map([...query].map(([name, values]) => [name, values.at(-1) ?? ""])),
      header: new Map([...headers.values()].map(({ name, values }) => [name, values.at(-1) ?? ""])),
    }),
    (name) =>
      pathOf(invocation).get(name) ?? query.get(name)?.at(-1) ?? headers.get(name.toLowerCase())?.values.at(-1) ?? "",
  );
  return new Map<string, JavaValue>([
    ["input", input],
    ["util", util],
    ["context", context],
    ["stageVariables", toJava(invocation.stage.variables ?? {})],
  ]);
}

function pathOf({ route }: Invocation): Map<string, string> {
  return new Map(Object.entries(route?.pathParameters ?? {}));
}
