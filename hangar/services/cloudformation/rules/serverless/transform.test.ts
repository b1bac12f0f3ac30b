// SAM's transform against fixtures: templates, and what aws-sam-translator 1.115.0 made of them.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isObject, parseTemplateText, type PlainObject } from "../template.ts";
import { transformServerless } from "./transform.ts";

const folder = new URL("./fixtures/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.slice(0, -".yaml".length));

const MANAGED = new Map(
  ["/AmazonDynamoDBFullAccess", "/service-role/AWSLambdaRole", "/AmazonS3FullAccess", "/AWSXrayWriteOnlyAccess"].map(
    (path) => [path.slice(path.lastIndexOf("/") + 1), `arn:aws:iam::aws:policy${path}`],
  ),
);

function transformed(text: string): PlainObject {
  return transformServerless(parseTemplateText(text) as PlainObject, {
    region: "us-east-1",
    parameters: {},
    managedPolicyArn: (name) => MANAGED.get(name),
    now: 0,
  });
}

/** SAM keeps the names of a bucket's dependencies in no order. */
function comparable(template: PlainObject): PlainObject {
  const resources = Object.entries(template["Resources"] as PlainObject).map(([id, resource]) => {
    const needs = isObject(resource) ? resource["DependsOn"] : undefined;
    return [id, Array.isArray(needs) ? { ...(resource as PlainObject), DependsOn: new Set(needs) } : resource];
  });
  return { ...template, Resources: Object.fromEntries(resources) as PlainObject };
}

test.each(names)("%s is expanded as SAM expands it, to the last logical id", (name) => {
  const made = transformed(readFileSync(new URL(`${name}.yaml`, folder), "utf8"));
  const wanted = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as PlainObject;
  expect(comparable(made)).toEqual(comparable(wanted));
});

function refusalOf(text: string): string {
  try {
    transformed(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It was not refused.");
}

type Refusal = { readonly template: PlainObject; readonly error: string };
const refusals = JSON.parse(readFileSync(new URL("refusals.json", folder), "utf8")) as Record<string, Refusal>;

test.each(Object.entries(refusals))("%s: refused in SAM's words", (_, { template, error }) => {
  expect(refusalOf(JSON.stringify(template))).toBe(error);
});
