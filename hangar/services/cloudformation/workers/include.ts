// The transform AWS::Include: puts the content of an object in S3 where a template names it. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html

import type { Caller, Context } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { transformFailed } from "../errors.ts";
import { isObject, parseTemplateText, type PlainObject } from "../rules/template.ts";
import { INCLUDE } from "../rules/transforms.ts";
import type { Tables } from "../store.ts";

type Including = {
  /** Who reads the objects. */
  readonly caller: Caller;
  readonly parameters: PlainObject;
};

/** The template with its snippets in place: the declared one's sections, and the others where `Fn::Transform` stands. */
export async function withIncludes(
  data: PlainObject,
  including: Including,
  context: Context<Tables>,
): Promise<PlainObject> {
  const given = data["Transform"];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const declared = list.filter(isInclude);
  const others = list.filter((item) => item !== undefined && !isInclude(item));
  let template = data;
  if (declared.length > 0) {
    const { Transform: _, ...rest } = data;
    template = others.length === 0 ? rest : { ...rest, Transform: others };
    for (const include of declared) template = merged(template, await snippet(include, including, context));
  }
  return (await included(template, including, context)) as PlainObject;
}

function isInclude(item: unknown): item is PlainObject {
  return isObject(item) && item["Name"] === INCLUDE;
}

/** Sections that both have are joined; the template's own members stay. */
function merged(template: PlainObject, more: PlainObject): PlainObject {
  const sections = Object.entries(more).map(([name, value]) => {
    const own = template[name];
    return [name, isObject(own) && isObject(value) ? { ...value, ...own } : (own ?? value)] as const;
  });
  return { ...template, ...Object.fromEntries(sections) };
}

async function included(value: unknown, including: Including, context: Context<Tables>): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => included(item, including, context)));
  if (!isObject(value)) return value;
  const members: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const list: readonly unknown[] = key === "Fn::Transform" ? (Array.isArray(item) ? item : [item]) : [];
    if (list.length === 0 || !list.every(isInclude)) members[key] = await included(item, including, context);
    else for (const include of list) Object.assign(members, await snippet(include, including, context));
  }
  return members;
}

/** A snippet is a map; what it includes itself is not looked at by AWS, nor here. */
async function snippet(
  include: PlainObject,
  { caller, parameters }: Including,
  context: Context<Tables>,
): Promise<PlainObject> {
  const place = /^s3:\/\/([^/]+)\/(.+)$/.exec(locationOf(include, parameters));
  const [, bucket = "", key = ""] = place ?? [];
  if (place === null) throw transformFailed(INCLUDE, "The location parameter is not a valid S3 uri.");
  try {
    const bytes = await context.ports.objects.bytes(bucket, key, { as: caller });
    return parseTemplateText(new TextDecoder().decode(bytes)) as PlainObject;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const invalid = error.code === "ValidationError";
    throw transformFailed(
      INCLUDE,
      invalid ? "The specified S3 object's content should be valid Yaml/JSON" : error.message,
    );
  }
}

function locationOf(include: PlainObject, parameters: PlainObject): string {
  const given = isObject(include["Parameters"]) ? include["Parameters"]["Location"] : undefined;
  const location = isObject(given) ? parameters[String(given["Ref"])] : given;
  return typeof location === "string" ? location : "";
}
