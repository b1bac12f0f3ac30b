// Reads PartiQL expressions by precedence, as PartiQL's own parser does: statements are expressions of theirs.

import { FUNCTION_WORDS, PRECEDENCE, TYPE_WORDS } from "./keywords.ts";
import { parseChange, parseFromFirst, parseSelect } from "./parse-statement.ts";
import { TokenReader } from "./token-reader.ts";
import { malformed, tokensOf, type Token } from "./tokens.ts";
import type { Node, PathPart, Place, StatementTree } from "./tree.ts";

/** Far deeper than DynamoDB's 32 levels, and no danger to the stack. */
const MAX_DEPTH = 150;
const SIGNS: ReadonlySet<string> = new Set(["+", "-"]);

export function parseStatement(statement: string): StatementTree {
  const reader = new TokenReader(tokensOf(statement));
  const root = new ExpressionParser(reader).expression();
  if (reader.takeMark(";")) {
    if (!reader.is("end")) throw malformed("Unexpected token after semicolon. (Only one query is allowed.)");
  } else if (!reader.is("end")) throw malformed("Unexpected token after expression");
  return { root, parameters: reader.parameters };
}

class ExpressionParser {
  readonly reader: TokenReader;
  #depth = 0;

  constructor(reader: TokenReader) {
    this.reader = reader;
  }

  expression(precedence = -1): Node {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw malformed("");
    let left = this.#unary();
    for (;;) {
      const token = this.reader.peek();
      const negated = token.text === "not" && token.kind === "operator" && this.#negates();
      const operator = negated ? this.reader.peek(1).text : token.text;
      const binds = isInfix(token) || negated ? (PRECEDENCE.get(operator) ?? 0) : 0;
      if (binds <= precedence || binds === 0) break;
      if (negated) this.reader.next();
      left = this.#infix(left, this.reader.next(), binds);
      if (negated) left = { kind: "operator", place: token.place, operator: "not", operands: [left] };
    }
    this.#depth -= 1;
    return left;
  }

  /** NOT IN, NOT BETWEEN, NOT LIKE. */
  #negates(): boolean {
    const { kind, text } = this.reader.peek(1);
    return kind === "operator" && (text === "in" || text === "between" || text === "like");
  }

  #infix(left: Node, operator: Token, binds: number): Node {
    const { place, text } = operator;
    if (text === "is") return this.#is(left, place);
    if (text === "in" && this.reader.isMark("(") && !this.#selects()) {
      const open = this.reader.next();
      const members = this.#list(")", "RIGHT_PAREN");
      return {
        kind: "operator",
        place,
        operator: text,
        operands: [left, { kind: "list", place: open.place, members }],
      };
    }
    if (this.reader.left() < 2) throw malformed("Missing right-hand side expression of infix operator");
    const right = this.expression(binds);
    if (text !== "between") return { kind: "operator", place, operator: text, operands: [left, right] };
    this.reader.expectWord("and");
    if (this.reader.left() < 2) throw malformed("Expected expression after AND");
    return { kind: "operator", place, operator: text, operands: [left, right, this.expression(binds)] };
  }

  #selects(): boolean {
    const { kind, text } = this.reader.peek(1);
    return kind === "keyword" && (text === "select" || text === "values");
  }

  #is(operand: Node, place: Place): Node {
    const negated = this.reader.takeWord("not");
    const token = this.reader.next();
    const word = token.text.toLowerCase();
    const varying = word === "character" && this.reader.takeWord("varying");
    const double = word === "double" && this.reader.takeWord("precision");
    const type = varying ? "CHARACTER_VARYING" : double ? "DOUBLE_PRECISION" : TYPE_WORDS.get(word);
    if (type === undefined || token.kind === "quoted" || token.kind === "text") throw malformed("Expected type name");
    const test: Node = { kind: "is", place, operand, type };
    return negated ? { kind: "operator", place, operator: "not", operands: [test] } : test;
  }

  #unary(): Node {
    const { reader } = this;
    if (reader.isWord("not")) {
      const { place } = reader.next();
      return { kind: "operator", place, operator: "not", operands: [this.expression(PRECEDENCE.get("not"))] };
    }
    const token = reader.peek();
    if (token.kind !== "operator" || !SIGNS.has(token.text)) return this.path();
    let minus = false;
    let signs = 0;
    while (reader.peek().kind === "operator" && SIGNS.has(reader.peek().text)) {
      minus = (reader.next().text === "-") !== minus;
      signs += 1;
    }
    const term = this.path();
    if (term.kind === "number") return minus ? { ...term, value: `-${term.value}` } : term;
    const sign = signs > 1 || minus ? "-" : "+";
    return { kind: "operator", place: token.place, operator: sign, operands: [term] };
  }

  /** `simple` paths start with a name: targets of statements and assignments. */
  path(simple = false): Node {
    if (simple && !this.reader.isName()) throw malformed("Expected identifier for simple path");
    const root = this.#term();
    const parts: PathPart[] = [];
    for (;;) {
      if (this.reader.takeMark(".")) parts.push(this.#dotPart(simple));
      else if (this.reader.isMark("[")) parts.push(this.#bracketPart(simple));
      else break;
    }
    return parts.length === 0 ? root : { kind: "path", place: root.place, root, parts };
  }

  #dotPart(simple: boolean): PathPart {
    const token = this.reader.peek();
    if (this.reader.isName()) return { kind: "key", name: this.reader.next().text, place: token.place };
    if (!this.reader.takeMark("*")) throw malformed("Invalid path dot component");
    if (simple) throw malformed("Invalid path dot component for simple path");
    return { kind: "unpivot", place: token.place };
  }

  #bracketPart(simple: boolean): PathPart {
    this.reader.next();
    const { place } = this.reader.peek();
    if (this.reader.takeMark("*")) {
      this.reader.expectMark("]", "RIGHT_BRACKET");
      return { kind: "wildcard", place };
    }
    const node = this.expression();
    this.reader.expectMark("]", "RIGHT_BRACKET");
    if (simple && node.kind !== "number" && node.kind !== "text")
      throw malformed("Invalid path component for simple path");
    return { kind: "index", node, place: node.place };
  }

  #term(): Node {
    const { reader } = this;
    const token = reader.peek();
    const { kind, text, place } = token;
    switch (kind) {
      case "operator":
        throw malformed("Unexpected operator");
      case "keyword":
        return this.#keyword(token);
      case "name":
      case "quoted":
        reader.next();
        return reader.isMark("(") ? this.#call(token) : { kind: "name", place, name: text };
      case "text":
      case "number":
        reader.next();
        return { kind, place, value: text };
      case "ion":
        reader.next();
        return { kind: "ion", place };
      case "mark":
        return this.#mark(token);
      case "end":
        throw malformed("Unexpected term");
    }
  }

  #mark({ text, place }: Token): Node {
    const { reader } = this;
    if (text === "?") {
      reader.next();
      reader.parameters += 1;
      return { kind: "parameter", place, index: reader.parameters - 1 };
    }
    if (text === "[" || text === "<<" || text === "{" || text === "(") reader.next();
    if (text === "[") return { kind: "list", place, members: this.#list("]", "RIGHT_BRACKET") };
    if (text === "<<") return { kind: "bag", place, members: this.#list(">>", "RIGHT_DOUBLE_ANGLE_BRACKET") };
    if (text === "{") return { kind: "struct", place, members: this.#members() };
    if (text !== "(") throw malformed("Unexpected term");
    const members = this.#list(")", "RIGHT_PAREN");
    if (members.length === 0) throw malformed("Expression group cannot be empty");
    return members.length === 1 ? (members[0] as Node) : { kind: "list", place, members };
  }

  #keyword(token: Token): Node {
    const { reader } = this;
    const { text, place } = token;
    if (reader.isWord("insert", "into") || text === "set" || text === "remove") return parseChange(this, token);
    if (!isTermWord(text)) throw malformed(isAside(text) ? "Unexpected term" : "Unexpected keyword");
    reader.next();
    if (text === "select") return parseSelect(this, place);
    if (text === "update" || text === "delete") return parseChange(this, token);
    if (text === "from") return parseFromFirst(this, place);
    if (text === "true" || text === "false") return { kind: "boolean", place, value: text === "true" };
    if (text === "null" || text === "missing") return { kind: text, place };
    if (!reader.isMark("(")) throw malformed("Unexpected keyword");
    return this.#call(token);
  }

  #call(name: Token): Node {
    this.reader.next();
    const word = name.text.toLowerCase();
    if (word === "count" && this.reader.isMark("*")) {
      const star: Node = { kind: "star", place: this.reader.next().place };
      this.reader.expectMark(")", "RIGHT_PAREN");
      return { kind: "call", place: name.place, name: word, operands: [star] };
    }
    if (this.reader.isMark("*")) throw malformed(`${word}(*) is not allowed`);
    return { kind: "call", place: name.place, name: word, operands: this.#list(")", "RIGHT_PAREN") };
  }

  /** Expressions up to `close`, which is taken too. */
  #list(close: string, called: string): Node[] {
    if (this.reader.takeMark(close)) return [];
    const nodes = [this.expression()];
    while (this.reader.takeMark(",")) nodes.push(this.expression());
    this.reader.expectMark(close, called);
    return nodes;
  }

  #members(): (readonly [Node, Node])[] {
    const members: (readonly [Node, Node])[] = [];
    if (this.reader.takeMark("}")) return members;
    do {
      const key = this.expression();
      this.reader.expectMark(":", "COLON");
      members.push([key, this.expression()]);
    } while (this.reader.takeMark(","));
    this.reader.expectMark("}", "RIGHT_CURLY");
    return members;
  }
}

function isInfix({ kind, text }: Token): boolean {
  return kind === "operator" ? text !== "not" : kind === "mark" && text === "*";
}

function isTermWord(word: string): boolean {
  return FUNCTION_WORDS.has(word) || TERMS.has(word);
}

const TERMS: ReadonlySet<string> = new Set("select update delete from true false null missing".split(" "));

/** Words that PartiQL's lexer tells apart from keywords. */
function isAside(word: string): boolean {
  return word === "as" || word === "at" || word === "by" || word === "for" || word === "asc" || word === "desc";
}
