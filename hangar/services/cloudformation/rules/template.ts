// A CloudFormation template as data, and how its text becomes one: JSON or YAML with short function tags.

import { parseDocument, type CollectionTag, type ScalarTag } from "yaml";
import { templateFormat } from "../errors.ts";

export type TemplateResource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>> | undefined;
  readonly Metadata?: unknown;
  readonly DependsOn?: string | readonly string[] | undefined;
  readonly Condition?: string | undefined;
  readonly DeletionPolicy?: string | undefined;
  readonly UpdateReplacePolicy?: string | undefined;
  readonly CreationPolicy?: unknown;
  readonly UpdatePolicy?: unknown;
};

export type TemplateParameter = Readonly<Record<string, unknown>> & { readonly Type: string };

export type TemplateOutput = {
  readonly Value: unknown;
  readonly Description?: string | undefined;
  readonly Condition?: string | undefined;
  readonly Export?: { readonly Name: unknown } | undefined;
};

export type Template = {
  readonly AWSTemplateFormatVersion?: unknown;
  readonly Description?: string | undefined;
  readonly Metadata?: unknown;
  readonly Transform?: string | readonly unknown[] | Readonly<Record<string, unknown>> | undefined;
  readonly Parameters?: Readonly<Record<string, TemplateParameter>> | undefined;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> | undefined;
  readonly Conditions?: Readonly<Record<string, unknown>> | undefined;
  readonly Rules?: Readonly<Record<string, unknown>> | undefined;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>> | undefined;
  readonly Hooks?: unknown;
};

export type PlainObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const LONG_NAMES = [
  "And",
  "Base64",
  "Cidr",
  "Contains",
  "EachMemberEquals",
  "EachMemberIn",
  "Equals",
  "FindInMap",
  "ForEach",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "RefAll",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
  "ValueOf",
  "ValueOfAll",
];

function longName(tag: string): string {
  return tag === "Ref" || tag === "Condition" ? tag : `Fn::${tag}`;
}

type Tag = ScalarTag | CollectionTag;

/** `!Sub x` is `{"Fn::Sub": x}`; `!GetAtt A.B` is the only one whose text is taken apart. */
const TAGS: readonly Tag[] = [...LONG_NAMES, "Ref", "Condition", "GetAtt"].flatMap((name): Tag[] => {
  const key = longName(name);
  const scalar: ScalarTag = {
    tag: `!${name}`,
    resolve: (text) => ({ [key]: name === "GetAtt" ? splitAttribute(text) : text }),
  };
  const collection = (kind: "seq" | "map"): CollectionTag => ({
    tag: `!${name}`,
    collection: kind,
    resolve: (node) => ({ [key]: node.toJSON() as unknown }) as never,
  });
  return [scalar, collection("seq"), collection("map")];
});

export function splitAttribute(text: string): string[] {
  const dot = text.indexOf(".");
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length);
    const before = text.slice(0, position).split("\n");
    throw templateFormat(`JSON not well-formed. (line ${before.length}, column ${(before.at(-1) ?? "").length + 1})`);
  }
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text, {
    customTags: [...TAGS],
    uniqueKeys: false,
    version: "1.2",
    schema: "core",
    logLevel: "silent",
    maxAliasCount: -1,
  } as never);
  const [problem] = document.errors;
  if (problem !== undefined) {
    const at = problem.linePos?.[0];
    throw templateFormat(
      at === undefined ? "YAML not well-formed." : `YAML not well-formed. (line ${at.line}, column ${at.col})`,
    );
  }
  return JSON.parse(JSON.stringify(document.toJS() ?? null)) as unknown;
}

const KEPT = 24;
const parsed = new Map<string, unknown>();

/** The text as data, parsed once: the same template is read many times on its way. Throws AWS's format errors; what it holds is not checked here. */
export function parseTemplateText(text: string): unknown {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const value = /^\s*[{[]/.test(text) ? parseJson(text) : parseYaml(text);
  if (!isObject(value)) throw templateFormat("unsupported structure.");
  parsed.set(text, value);
  for (const oldest of parsed.keys()) {
    if (parsed.size <= KEPT) break;
    parsed.delete(oldest);
  }
  return value;
}
