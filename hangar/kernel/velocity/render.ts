// Renders a mapping template: Velocity as API Gateway runs it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html

import { notEmulated } from "../aws-error.ts";
import { callMethod } from "./java-methods.ts";
import { equal, memberOf, show, truth, type JavaValue } from "./java-values.ts";
import type { BlockHead, Expression, Node, Parse, Reference, Template } from "./template-tree.ts";
import { TemplateFailure } from "./template-failure.ts";

/** API Gateway ends a loop after so many rounds. */
const MOST_ROUNDS = 1000;
/** Velocity's own limit. */
const DEEPEST_MACRO = 20;

export type Variables = Map<string, JavaValue>;

export function renderTemplate(text: string, variables: Variables, parse: Parse): string {
  return new Rendering(variables, parse).nodes(parse(text));
}

type Macro = { readonly parameters: readonly string[]; readonly body: Template };
type Block = readonly [BlockHead, ...Node[]];

class Rendering {
  readonly #variables: Variables;
  readonly #parse: Parse;
  readonly #macros = new Map<string, Macro>();
  readonly #definitions = new Map<string, Template>();
  #left = false;
  #depth = 0;

  constructor(variables: Variables, parse: Parse) {
    this.#variables = variables;
    this.#parse = parse;
  }

  nodes(nodes: Template): string {
    let out = "";
    for (const node of nodes) {
      if (this.#left) break;
      out += this.#node(node);
    }
    return out;
  }

  #node(node: Node): string {
    if (typeof node === "string") return node;
    if (isBlock(node)) return this.#block(node);
    switch ((node as Exclude<Node, string | readonly Node[]>).type) {
      case "references":
        return this.#printed(node as Reference);
      case "set":
        this.#set(node as Extract<Node, { type: "set" }>);
        return "";
      case "raw":
        return (node as Extract<Node, { type: "raw" }>).value;
      case "break":
        this.#left = true;
        return "";
      case "macro_call":
        return this.#macro(node as Extract<Node, { type: "macro_call" }>);
      default:
        return "";
    }
  }

  #printed(reference: Reference): string {
    const definition = reference.path === undefined ? this.#definitions.get(reference.id) : undefined;
    return definition === undefined ? show(this.#reference(reference)) : this.nodes(definition);
  }

  #block(block: Block): string {
    const [head, ...body] = block;
    switch (head.type) {
      case "if":
        return this.#if(block);
      case "foreach":
        return this.#foreach(head, body);
      case "define":
        this.#definitions.set(head.id, body);
        return "";
      case "macro": {
        const parameters = (head.args === false ? [] : (head.args ?? [])).map((each) => each.id);
        this.#macros.set(head.id, { parameters, body });
        return "";
      }
      default:
        throw notEmulated(`the directive #${head.type} of mapping templates`);
    }
  }

  #if(block: Block): string {
    const chosen: Node[] = [];
    let taken = false;
    for (const node of block) {
      const branch = branchOf(node);
      if (branch === undefined) {
        if (taken) chosen.push(node);
        continue;
      }
      if (taken) break;
      taken = branch.type === "else" || truth(this.value(branch.condition));
    }
    return this.nodes(chosen);
  }

  #foreach({ to, from }: Extract<BlockHead, { type: "foreach" }>, body: Template): string {
    const source = this.value(from);
    const items: readonly unknown[] = Array.isArray(source)
      ? source
      : source instanceof Map
        ? [...source.values()]
        : [];
    const outer = [to, "foreach", "velocityCount"].map((name) => [name, this.#variables.get(name)] as const);
    let out = "";
    for (const [index, item] of items.slice(0, MOST_ROUNDS).entries()) {
      this.#variables.set(to, item);
      this.#variables.set("velocityCount", index + 1);
      const loop = { index, count: index + 1, hasNext: index + 1 < items.length, first: index === 0 };
      this.#variables.set("foreach", new Map(Object.entries({ ...loop, last: !loop.hasNext })));
      out += this.nodes(body);
      if (this.#left) break;
    }
    this.#left = false;
    for (const [name, value] of outer) this.#variables.set(name, value);
    return out;
  }

  #macro({ id, args }: Extract<Node, { type: "macro_call" }>): string {
    const macro = this.#macros.get(id);
    if (macro === undefined) throw notEmulated(`the directive #${id} of mapping templates`);
    const given = args === false ? [] : (args ?? []);
    const outer = macro.parameters.map((name) => [name, this.#variables.get(name)] as const);
    const values = given.map((each) => this.value(each));
    for (const [at, name] of macro.parameters.entries()) this.#variables.set(name, values[at]);
    if (this.#depth >= DEEPEST_MACRO) throw new TemplateFailure(`Macro ${id} calls itself too deeply`);
    this.#depth += 1;
    const out = this.nodes(macro.body);
    this.#depth -= 1;
    for (const [name, value] of outer) this.#variables.set(name, value);
    return out;
  }

  #set({ equal: [target, source] }: Extract<Node, { type: "set" }>): void {
    const value = this.value(source);
    const path = target.path ?? [];
    const last = path.at(-1);
    if (last === undefined) {
      this.#variables.set(target.id, value);
      return;
    }
    const owner = this.#walk(this.#variables.get(target.id), path.slice(0, -1));
    if (last.type === "method") return;
    const name = last.type === "index" ? this.value(last.id) : last.id;
    if (owner instanceof Map) owner.set(name, value);
    else if (Array.isArray(owner) && typeof name === "number") owner[name] = value;
  }

  #reference({ id, path = [] }: Reference): JavaValue {
    return this.#walk(this.#variables.get(id), path) ?? "";
  }

  #walk(start: JavaValue, path: NonNullable<Reference["path"]>): JavaValue {
    let value = start;
    for (const step of path) {
      if (step.type === "method") {
        const parameters = step.args === false ? [] : (step.args ?? []);
        const given = parameters.map((each) => this.value(each));
        value = callMethod(value, step.id, given);
      } else value = memberOf(value, step.type === "index" ? this.value(step.id) : step.id);
    }
    return value;
  }

  value(expression: Expression): JavaValue {
    switch (expression.type) {
      case "references":
        return this.#reference(expression);
      case "string":
        return expression.isEval === true && /[$#]/.test(expression.value)
          ? this.nodes(this.#parse(expression.value))
          : expression.value;
      case "integer":
      case "decimal":
        return Number(expression.value);
      case "bool":
        return expression.value === "null" ? "" : expression.value === "true";
      case "array":
        return expression.isRange === true
          ? this.#range(expression.value)
          : expression.value.map((each) => this.#item(each));
      case "map":
        return new Map(Object.entries(expression.value ?? {}).map(([name, each]) => [name, this.value(each)]));
      case "math":
        return this.#operation(expression.operator, expression.expression);
      default:
        return expression.value;
    }
  }

  #item(item: Expression | string | number): JavaValue {
    return typeof item === "object" ? this.value(item) : item;
  }

  #range(ends: readonly (Expression | string | number)[]): JavaValue {
    const [from = 0, to = 0] = ends.map((each) => Number(this.#item(each)));
    const step = from <= to ? 1 : -1;
    return Array.from({ length: Math.abs(to - from) + 1 }, (_each, at) => from + at * step);
  }

  #operation(operator: string, [first, second]: readonly Expression[]): JavaValue {
    const left = first === undefined ? "" : this.value(first);
    if (operator === "parenthesis") return left;
    if (operator === "not") return !truth(left);
    if (operator === "minus") return -Number(left);
    if (operator === "&&" && !truth(left)) return false;
    if (operator === "||" && truth(left)) return true;
    const right = second === undefined ? "" : this.value(second);
    if (operator === "&&" || operator === "||") return truth(right);
    return binary(operator, left, right);
  }
}

type Branch = Extract<BlockHead, { type: "if" | "elseif" | "else" }>;

function branchOf(node: Node): Branch | undefined {
  if (typeof node !== "object" || !("type" in node)) return undefined;
  return node.type === "if" || node.type === "elseif" || node.type === "else" ? node : undefined;
}

function isBlock(node: Node): node is Block & readonly Node[] {
  return Array.isArray(node);
}

function binary(operator: string, left: JavaValue, right: JavaValue): JavaValue {
  if (operator === "==") return equal(left, right);
  if (operator === "!=") return !equal(left, right);
  if (typeof left !== "number" || typeof right !== "number") return operator === "+" ? show(left) + show(right) : false;
  const whole = Number.isInteger(left) && Number.isInteger(right);
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? "" : whole ? Math.trunc(left / right) : left / right;
    case "%":
      return right === 0 ? "" : left % right;
    case ">":
      return left > right;
    case "<":
      return left < right;
    case ">=":
      return left >= right;
    default:
      return left <= right;
  }
}
