// Reads condition, filter and key condition expressions.

import { TokenReader } from "./expression-tokens.ts";
import type { Comparator, Condition, ConditionTree, Operand } from "./expression-tree.ts";
import { readOperand } from "./parse-operand.ts";

const COMPARATORS = new Set(["=", "<>", "<", "<=", ">", ">="]);

/** What stands in parentheses may turn out to be a condition or an operand. */
type Part = Condition | Operand;

export function parseCondition(text: string, label: string): ConditionTree {
  const reader = new ConditionReader(new TokenReader(text, label));
  const condition = reader.whole();
  return { condition, redundantParentheses: reader.redundant, operators: reader.operators };
}

function isCondition(part: Part): part is Condition {
  return part.kind !== "path" && part.kind !== "value" && part.kind !== "arithmetic";
}

class ConditionReader {
  readonly #tokens: TokenReader;
  redundant = false;
  operators = 0;

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  whole(): Condition {
    const condition = this.#condition(this.#or());
    this.#tokens.expectEnd();
    return condition;
  }

  #condition(part: Part): Condition {
    if (!isCondition(part)) throw this.#tokens.unexpected();
    return part;
  }

  #or(): Part {
    let left = this.#and();
    while (this.#tokens.isWord("OR")) {
      const first = this.#condition(left);
      this.#tokens.next();
      this.operators += 1;
      left = { kind: "or", left: first, right: this.#condition(this.#and()) };
    }
    return left;
  }

  #and(): Part {
    let left = this.#not();
    while (this.#tokens.isWord("AND")) {
      const first = this.#condition(left);
      this.#tokens.next();
      this.operators += 1;
      left = { kind: "and", left: first, right: this.#condition(this.#not()) };
    }
    return left;
  }

  #not(): Part {
    if (!this.#tokens.isWord("NOT")) return this.#comparison();
    this.#tokens.next();
    this.operators += 1;
    return { kind: "not", condition: this.#condition(this.#not()) };
  }

  #comparison(): Part {
    const left = this.#primary();
    if (isCondition(left) && left.kind !== "call") return left;
    const operand = left as Operand;
    const { current } = this.#tokens;
    if (current.kind === "symbol" && COMPARATORS.has(current.text)) {
      this.#tokens.next();
      this.operators += 1;
      return { kind: "compare", operator: current.text as Comparator, left: operand, right: this.#operand() };
    }
    if (this.#tokens.takeWord("BETWEEN")) {
      const lower = this.#operand();
      this.#tokens.expectWord("AND");
      this.operators += 1;
      return { kind: "between", operand, lower, upper: this.#operand() };
    }
    if (this.#tokens.takeWord("IN")) {
      this.operators += 1;
      return { kind: "in", operand, list: this.#list() };
    }
    return left;
  }

  #list(): Operand[] {
    this.#tokens.expectSymbol("(");
    const list = [this.#operand()];
    while (this.#tokens.takeSymbol(",")) list.push(this.#operand());
    this.#tokens.expectSymbol(")");
    return list;
  }

  #operand(): Operand {
    const part = this.#primary();
    if (isCondition(part) && part.kind !== "call") throw this.#tokens.unexpected();
    return part as Operand;
  }

  #primary(): Part {
    if (!this.#tokens.isSymbol("(")) return readOperand(this.#tokens);
    this.#tokens.next();
    const doubled = this.#tokens.isSymbol("(");
    const part = this.#or();
    this.#tokens.expectSymbol(")");
    // `((a = b))` and `(a) = b` are refused; `(a = b)` and `((a = b) AND c = d)` are not.
    if (!isCondition(part) || (doubled && this.#wasParenthesised.has(part))) this.redundant = true;
    this.#wasParenthesised.add(part);
    return part;
  }

  readonly #wasParenthesised = new Set<Part>();
}
