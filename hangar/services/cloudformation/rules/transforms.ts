// The transforms a template declares, applied in the order in which it lists them.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { invalid, transformFailed } from "../errors.ts";
import { extendLanguage, LANGUAGE, refuseExtensions } from "./language-extensions.ts";
import { ServerlessProblem } from "./serverless/problems.ts";
import { SERVERLESS, transformServerless, type Surroundings } from "./serverless/transform.ts";
import { isObject, type PlainObject } from "./template.ts";

/** Put in place before the others: it reads from S3. */
export const INCLUDE = "AWS::Include";

export function declaredTransforms(data: PlainObject): string[] {
  const given = data["Transform"];
  const list: readonly unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return list.map((item) => {
    const name = isObject(item) ? item["Name"] : item;
    if (typeof name !== "string") throw invalid("Key Name of transform definition must be a string.");
    return name;
  });
}

/** Names every macro that stands within the template, as Fn::Transform. */
function usedMacros(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(usedMacros);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "Fn::Transform"
      ? [item].flat().map((macro) => String(isObject(macro) ? macro["Name"] : macro))
      : usedMacros(item),
  );
}

/** What may make resources that nobody sees in the template: the caller acknowledges it. */
export function expandingMacros(data: PlainObject): string[] {
  return [...declaredTransforms(data), ...usedMacros(data)].filter((name) => name !== LANGUAGE);
}

/** Values of the parameters a template declares: given, as they were, or by default. */
export function parameterChoices(
  data: PlainObject,
  choose: (name: string) => string | undefined,
): Readonly<Record<string, unknown>> {
  const declared = isObject(data["Parameters"]) ? Object.entries(data["Parameters"]) : [];
  return Object.fromEntries(
    declared.flatMap(([name, facts]) => {
      const value = choose(name) ?? (isObject(facts) ? facts["Default"] : undefined);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The template after its transforms; itself where it has none. */
export function applyTransforms(data: PlainObject, surroundings: Surroundings): PlainObject {
  const declared = declaredTransforms(data);
  const [absent] = expandingMacros(data).filter((name) => name !== SERVERLESS);
  if (absent !== undefined) throw notEmulated(`the CloudFormation transform ${absent}`);
  if (!declared.includes(LANGUAGE)) refuseExtensions(data);
  if (declared.length === 0) return data;
  const { Transform: _, ...rest } = data;
  return declared.reduce<PlainObject>(
    (template, name) =>
      name === LANGUAGE
        ? extendLanguage(template, (parameter) => surroundings.parameters[parameter])
        : withoutServerless(template, surroundings),
    rest,
  );
}

function withoutServerless(template: PlainObject, surroundings: Surroundings): PlainObject {
  try {
    return transformServerless(template, surroundings);
  } catch (error) {
    if (error instanceof ServerlessProblem) throw transformFailed(SERVERLESS, error.message);
    throw error;
  }
}
