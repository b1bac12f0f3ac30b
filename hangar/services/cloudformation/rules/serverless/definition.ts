// An API's definition while SAM writes into it: paths, methods, and both sides of conditions.

import { definitionProblem } from "./problems.ts";
import { deepCopy, entriesOf, keysOf, Literal, ordered, put, type Fields } from "./python-order.ts";
import { at, conditional, fieldsAt, filled, isFields, isNoValue, textOf } from "./values.ts";

export const INTEGRATION = new Literal("x-amazon-apigateway-integration");
export const ANY_METHOD = new Literal("x-amazon-apigateway-any-method");

export function isVersion3(version: unknown): boolean {
  return /^3(\.\d)(\.\d)?$/.test(String(textOf(version) ?? version));
}

/** `any` is a method of its own; a definition's methods are in lower case. */
export function methodKey(method: string): string | Literal {
  const name = method.toLowerCase();
  return name === "any" ? ANY_METHOD : name;
}

export function nameOf(key: string | Literal): string {
  return key instanceof Literal ? key.text : key;
}

/** The value, or what stands on the sides of its Fn::If. */
export function sidesOf(value: unknown): unknown[] {
  if (!isFields(value) || !Object.hasOwn(value, "Fn::If")) return [value];
  const branches = value["Fn::If"];
  if (!Array.isArray(branches)) throw definitionProblem("Value of Fn::If must be a list.");
  return branches.slice(1).filter((side) => !isNoValue(side));
}

function map(value: unknown, message: string): Fields {
  if (isFields(value)) return value;
  throw definitionProblem(message);
}

export function pathItem(value: unknown, path: string): Fields {
  return map(value, `Value of '${path}' path must be a dictionary according to Swagger spec.`);
}

function methodDefinition(value: unknown, path: string, method: string): Fields {
  return map(value, `Definition of method '${method}' for path '${path}' should be a map.`);
}

export function securityOf(method: Fields, path: string, name: string): unknown[] {
  const security = at(method, "security") ?? [];
  if (!Array.isArray(security))
    throw definitionProblem(`Type of security for path ${path} method ${name} must be a list`);
  return security as unknown[];
}

export class Definition {
  readonly document: Fields;
  readonly paths: Fields;

  /** Writes into a copy. */
  constructor(document: Fields) {
    this.document = deepCopy(document);
    this.paths = fieldsAt(this.document, "paths") ?? ordered();
  }

  /** The paths as objects, both sides of conditions. */
  itemsAt(path: string): Fields[] {
    return sidesOf(at(this.paths, path)).map((side) => pathItem(side, path));
  }

  has(path: string, method: string): boolean {
    const name = nameOf(methodKey(method));
    return (
      Object.hasOwn(this.paths, path) &&
      sidesOf(at(this.paths, path)).every((side) => isFields(side) && Object.hasOwn(side, name))
    );
  }

  hasIntegration(path: string, method: string): boolean {
    if (!this.has(path, method)) return false;
    const name = nameOf(methodKey(method));
    return this.itemsAt(path).every((item) => {
      const definition = at(item, name);
      return (
        isFields(definition) && sidesOf(definition).some((side) => isIntegrated(methodDefinition(side, path, method)))
      );
    });
  }

  add(path: string, method: string): void {
    if (!Object.hasOwn(this.paths, path)) put(this.paths, path, ordered());
    const key = methodKey(method);
    for (const item of sidesOf(pathItem(this.paths[path], path)))
      if (isFields(item) && !Object.hasOwn(item, nameOf(key))) put(item, key, ordered());
  }

  makeConditional(path: string, condition: string | Literal): void {
    put(this.paths, path, conditional(condition, this.paths[path]));
  }

  /** One method's definitions that have an integration. */
  methodsAt(path: string, method: string): Fields[] {
    const name = nameOf(methodKey(method));
    return this.itemsAt(path)
      .flatMap((item) => sidesOf(at(item, name)))
      .map((side) => methodDefinition(side, path, method))
      .filter(isIntegrated);
  }

  /** All methods of a path that have an integration, save the members that are no methods. */
  allMethodsAt(path: string, except: readonly string[]): [string, Fields][] {
    return this.itemsAt(path).flatMap((item) =>
      entriesOf(item)
        .filter(([name]) => !except.includes(name))
        .flatMap(([name, value]) =>
          sidesOf(value).map((side): [string, Fields] => [nameOf(methodKey(name)), methodDefinition(side, path, name)]),
        )
        .filter(([, definition]) => isIntegrated(definition)),
    );
  }

  setTimeout(path: string, method: string, milliseconds: unknown): void {
    for (const definition of this.methodsAt(path, method))
      put(fieldsAt(definition, INTEGRATION.text) ?? {}, new Literal("timeoutInMillis"), milliseconds);
  }

  pathNames(): string[] {
    return keysOf(this.paths);
  }
}

function isIntegrated(definition: Fields): boolean {
  return filled(at(definition, INTEGRATION.text));
}
