// Reads condition, filter and key condition expressions.

import { checkConditionForm } from "./expression-form.ts";
import { doubledParentheses, TokenReader, tooManyOperators } from "./expression-tokens.ts";
import type { Comparator, Condition, ConditionTree, Operand } from "./expression-tree.ts";
import { readOperand } from "./parse-operand.ts";

const COMPARATORS = new Set(["=", "<>", "<", "<=", ">", ">="]);
const MAX_OPERATORS = 300;

/** What stands in parentheses may turn out to be a condition or an operand. */
type Part = Condition | Operand;

export function parseCondition(text: string, label: string): ConditionTree {
  const condition = new ConditionReader(new TokenReader(text, label)).whole();
  checkConditionForm(condition, label);
  return { condition };
}

function isCondition(part: Part): part is Condition {
  return part.kind !== "path" && part.kind !== "value" && part.kind !== "arithmetic";
}

class ConditionReader {
  readonly #tokens: TokenReader;
  readonly #parenthesised = new Set<Part>();
  #operators = 0;

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  whole(): Condition {
    const condition = this.#condition(this.#joined(true));
    this.#tokens.expectEnd();
    if (this.#operators > MAX_OPERATORS) throw tooManyOperators(this.#tokens.label);
    return condition;
  }

  #condition(part: Part): Condition {
    if (!isCondition(part)) throw this.#tokens.unexpected();
    return part;
  }

  /** Conditions joined by AND and, where `or` is set, by OR. */
  #joined(or: boolean): Part {
    let left = this.#negated();
    for (;;) {
      const kind = this.#tokens.isWord("AND") ? "and" : or && this.#tokens.isWord("OR") ? "or" : undefined;
      if (kind === undefined) return left;
      const first = this.#condition(left);
      this.#tokens.next();
      this.#operators += 1;
      const right = this.#condition(kind === "and" ? this.#negated() : this.#joined(false));
      left = { kind, left: first, right };
    }
  }

  #negated(): Part {
    let times = 0;
    while (this.#tokens.takeWord("NOT")) times += 1;
    this.#operators += times;
    let part = this.#comparison();
    for (; times > 0; times -= 1) part = { kind: "not", condition: this.#condition(part) };
    return part;
  }

  #comparison(): Part {
    const left = this.#tokens.isSymbol("(") ? this.#inParentheses() : readOperand(this.#tokens);
    if (isCondition(left) && left.kind !== "call") return left;
    const operand = left as Operand;
    const { current } = this.#tokens;
    if (current.kind === "symbol" && COMPARATORS.has(current.text)) {
      this.#tokens.next();
      this.#operators += 1;
      return { kind: "compare", operator: current.text as Comparator, left: operand, right: this.#operand() };
    }
    if (this.#tokens.takeWord("BETWEEN")) {
      const lower = this.#operand();
      this.#tokens.expectWord("AND");
      this.#operators += 1;
      return { kind: "between", operand, lower, upper: this.#operand() };
    }
    if (this.#tokens.takeWord("IN")) {
      this.#operators += 1;
      return { kind: "in", operand, list: this.#list() };
    }
    return left;
  }

  #list(): Operand[] {
    this.#tokens.open();
    const list = [this.#operand()];
    while (this.#tokens.takeSymbol(",")) list.push(this.#operand());
    this.#tokens.close();
    return list;
  }

  #operand(): Operand {
    return readOperand(this.#tokens);
  }

  /** `((a = b))` is refused as soon as it is read; `(a) = b` and `((a = b) AND c = d)` are not. */
  #inParentheses(): Part {
    this.#tokens.open();
    const part = this.#joined(true);
    this.#tokens.close();
    if (this.#parenthesised.has(part)) throw doubledParentheses(this.#tokens.label);
    this.#parenthesised.add(part);
    return part;
  }
}
