// What stands on AWS already, as it was given: the assembly that was deployed last, a folder of templates, or one template.

import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { readAssembly } from "../targets/assembly.ts";
import { readStacks, type ReadStack } from "./read-stack.ts";

const TEMPLATE = /(\.template)?\.(json|ya?ml)$/;

/** By stack name. Throws an Error where nothing in it is of a stack of the app. */
export function deployedStacks(path: string, stacks: readonly ReadStack[]): ReadonlyMap<string, ReadStack> {
  const found = filesIn(path, stacks).flatMap(({ name, file }) => {
    const place = stacks.find((stack) => stack.name === name)?.place;
    return place === undefined ? [] : readStacks({ name, templatePath: file, place, parameters: {}, uploaded: true });
  });
  if (found.length === 0)
    throw new Error(
      `Nothing in ${path} is of a stack of this app. Name a template after its stack: ${stacks.map(({ name }) => `${name}.template.json`).join(", ")}.`,
    );
  return new Map(found.map((stack) => [stack.name, stack]));
}

type TemplateFile = { readonly name: string; readonly file: string };

function filesIn(path: string, stacks: readonly ReadStack[]): TemplateFile[] {
  if (!existsSync(path)) throw new Error(`There is no ${path}.`);
  if (!statSync(path).isDirectory()) {
    const own = stacks.filter(({ nested }) => !nested);
    // One template and one stack: they mean each other, whatever the file is called.
    const name = own.length === 1 ? own[0]?.name : basename(path).replace(TEMPLATE, "");
    return name === undefined ? [] : [{ name, file: path }];
  }
  if (existsSync(join(path, "manifest.json")))
    return readAssembly(path).map(({ stackName, templatePath }) => ({ name: stackName, file: templatePath }));
  return readdirSync(path)
    .filter((file) => TEMPLATE.test(file))
    .map((file) => ({ name: file.replace(TEMPLATE, ""), file: join(path, file) }));
}
