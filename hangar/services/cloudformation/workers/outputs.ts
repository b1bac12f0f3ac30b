// A stack's outputs once its resources are there, and the exports among them.

import { textOf } from "../rules/text.ts";
import type { Context } from "../../../cloud/operation.ts";
import { invalid } from "../errors.ts";
import { isObject, type PlainObject } from "../rules/template.ts";
import type { Output, Stack, Tables } from "../store.ts";
import type { Scene } from "./scene.ts";

export function evaluateOutputs(scene: Scene): Output[] {
  const { template, environment } = scene;
  const out: Output[] = [];
  for (const [key, output] of Object.entries(template.Outputs ?? {})) {
    if (output.Condition !== undefined && environment.conditions.get(output.Condition) !== true) continue;
    const value = outputValue(key, output.Value, scene);
    if (value === undefined) continue;
    const exportName = output.Export === undefined ? undefined : scene.evaluate(output.Export.Name);
    out.push({
      key,
      value: textOf(value),
      ...(output.Description === undefined ? {} : { description: output.Description }),
      ...(exportName === undefined ? {} : { exportName: textOf(exportName) }),
    });
  }
  return out;
}

function outputValue(key: string, raw: unknown, scene: Scene): unknown {
  try {
    return scene.evaluate(raw);
  } catch (error) {
    if (!(error instanceof Error) || !isObject(raw) || raw["Fn::GetAtt"] === undefined) throw error;
    throw invalid(`[Error] /Outputs/${key}/Value/Fn::GetAtt: ${error.message}`);
  }
}

/** Stacks whose templates use an export. */
export function importersOf(name: string, context: Context<Tables>): Stack[] {
  return [...context.store.stacks.rows()].filter(
    (stack) => stack.status !== "DELETE_COMPLETE" && stack.imports?.includes(name) === true,
  );
}

/** Throws when the stack may not export what it now would, or may not stop exporting what it did. */
export function checkExports(stack: Stack, outputs: readonly Output[], context: Context<Tables>): void {
  for (const output of outputs) {
    if (output.exportName === undefined) continue;
    const known = context.store.exports.get(output.exportName);
    if (known !== undefined && known.stackId !== stack.id)
      throw invalid(`Export with name ${output.exportName} is already exported by stack ${nameOf(known.stackId)}`);
    if (known !== undefined && known.value !== output.value) refuseInUse(output.exportName, "updated", context);
  }
  for (const output of stack.outputs) {
    if (output.exportName !== undefined && !outputs.some((other) => other.exportName === output.exportName))
      refuseInUse(output.exportName, "deleted", context);
  }
}

function nameOf(stackId: string): string {
  return stackId.split("/")[1] ?? stackId;
}

function refuseInUse(name: string, verb: "updated" | "deleted", context: Context<Tables>): void {
  const users = importersOf(name, context);
  if (users.length > 0)
    throw invalid(
      `Export ${name} cannot be ${verb} as it is in use by ${users.map((user) => user.name).join(" and ")}`,
    );
}

export function writeExports(stack: Stack, outputs: readonly Output[], context: Context<Tables>): void {
  for (const output of stack.outputs)
    if (output.exportName !== undefined && context.store.exports.get(output.exportName)?.stackId === stack.id)
      context.store.exports.delete(output.exportName);
  for (const output of outputs)
    if (output.exportName !== undefined)
      context.store.exports.put(output.exportName, { name: output.exportName, value: output.value, stackId: stack.id });
}

/** Names of exports the template uses, in resources and outputs whose conditions are met. */
export function importedNames(scene: Scene): string[] {
  const { template, prepared } = scene;
  const names = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (!isObject(value)) return;
    const { "Fn::ImportValue": argument, ...rest } = value as PlainObject;
    if (argument !== undefined) names.add(String(scene.evaluate(argument)));
    Object.values(rest).forEach(look);
  };
  for (const name of prepared.graph.keys()) look(template.Resources[name]?.Properties);
  look(template.Outputs);
  return [...names];
}
