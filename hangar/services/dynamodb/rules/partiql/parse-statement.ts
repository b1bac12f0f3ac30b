// Reads the clauses of PartiQL's statements.

import type { TokenReader } from "./token-reader.ts";
import { malformed, type Token } from "./tokens.ts";
import type { ChangeAction, ChangeTree, InsertTree, Node, Place, Returning, SelectTree, Source } from "./tree.ts";

/** What reads expressions: it reads statements too, and they hold expressions. */
type Expressions = {
  readonly reader: TokenReader;
  expression(precedence?: number): Node;
  path(simple?: boolean): Node;
};

/** Clauses of a SELECT end what is before them. */
const IN_SELECT = 6;
const JOINS: ReadonlySet<string> = new Set(["join", "cross", "inner", "left", "right", "full", "outer"]);

export function parseSelect(parser: Expressions, place: Place): SelectTree {
  const { reader } = parser;
  const distinct = reader.takeWord("distinct");
  if (!distinct) reader.takeWord("all");
  const single = reader.takeWord("value");
  const projection = single ? [{ node: parser.expression(), aliased: false }] : readProjection(parser);
  if (!reader.takeWord("from")) throw malformed("Expected FROM after SELECT list");
  const from = readSources(parser, IN_SELECT);
  const where = clause(parser, "where");
  const grouped = reader.takeWord("group");
  if (grouped) readGroups(parser);
  const having = clause(parser, "having");
  const order = reader.takeWord("order") ? readOrder(parser) : undefined;
  const limit = clause(parser, "limit");
  return { kind: "select", place, distinct, single, projection, from, where, grouped, having, order, limit };
}

function clause(parser: Expressions, word: string): Node | undefined {
  return parser.reader.takeWord(word) ? parser.expression(IN_SELECT) : undefined;
}

function readProjection(parser: Expressions): Source[] {
  const items: Source[] = [];
  do {
    if (parser.reader.isMark("*"))
      items.push({ node: { kind: "star", place: parser.reader.next().place }, aliased: false });
    else items.push(withAlias(parser, parser.expression()));
  } while (parser.reader.takeMark(","));
  if (items.length > 1 && items.some(({ node }) => node.kind === "star"))
    throw malformed("Other expressions may not be present in the select list when '*' is used without dot notation.");
  return items;
}

/** `AS name`, `name`, `AT name` or `BY name`: none of which DynamoDB has. */
function withAlias({ reader }: Expressions, node: Node): Source {
  let aliased = false;
  for (const word of ["as", "at", "by"]) {
    if (reader.takeWord(word)) {
      if (!reader.isName()) throw malformed(`Expected identifier for ${word.toUpperCase()}-alias`);
      reader.next();
      aliased = true;
    } else if (word === "as" && reader.isName()) {
      reader.next();
      aliased = true;
    }
  }
  return { node, aliased };
}

function readSources(parser: Expressions, precedence?: number): Source[] {
  const sources = [withAlias(parser, parser.expression(precedence))];
  for (;;) {
    const { reader } = parser;
    const joined = reader.is("keyword") && JOINS.has(reader.peek().text);
    if (!joined && !reader.isMark(",")) return sources;
    while (reader.isMark(",") || (reader.is("keyword") && JOINS.has(reader.peek().text))) reader.next();
    sources.push(withAlias(parser, parser.expression(precedence)));
    if (reader.takeWord("on")) parser.expression(precedence);
  }
}

function readGroups(parser: Expressions): void {
  parser.reader.takeWord("partial");
  if (!parser.reader.takeWord("by")) throw malformed("Expected BY");
  do withAlias(parser, parser.expression(IN_SELECT));
  while (parser.reader.takeMark(","));
}

function readOrder(parser: Expressions): { readonly node: Node; readonly descending: boolean }[] {
  if (!parser.reader.takeWord("by")) throw malformed("Expected BY");
  const order: { readonly node: Node; readonly descending: boolean }[] = [];
  do {
    const node = parser.expression(IN_SELECT);
    const descending = parser.reader.takeWord("desc");
    if (!descending) parser.reader.takeWord("asc");
    order.push({ node, descending });
  } while (parser.reader.takeMark(","));
  return order;
}

/** `FROM t WHERE … SET …`: an UPDATE in PartiQL's own order. */
export function parseFromFirst(parser: Expressions, place: Place): ChangeTree {
  const from = readSources(parser);
  const where = parser.reader.takeWord("where") ? parser.expression() : undefined;
  const actions = readActions(parser);
  return { kind: "update", place, from, actions, where, returning: readReturning(parser) };
}

/** UPDATE, DELETE, INSERT INTO, and SET or REMOVE that name no table. */
export function parseChange(parser: Expressions, { text, place }: Token): ChangeTree | InsertTree {
  const { reader } = parser;
  if (text === "insert") return parseInsert(parser, place);
  if (text === "set" || text === "remove")
    return { kind: "update", place, from: [], actions: readActions(parser), where: undefined, returning: undefined };
  if (text === "delete" && !reader.takeWord("from")) throw malformed("Expected FROM after DELETE");
  const from = [withAlias(parser, parser.path(true))];
  const actions = text === "delete" ? [] : readActions(parser);
  const where = reader.takeWord("where") ? parser.expression() : undefined;
  return { kind: text as "update", place, from, actions, where, returning: readReturning(parser) };
}

function parseInsert(parser: Expressions, place: Place): InsertTree {
  const { reader } = parser;
  reader.next();
  reader.next();
  const target = parser.path(true);
  const many = !reader.takeWord("value");
  const value = many && reader.takeWord("values") ? readRows(parser) : parser.expression();
  const at = !many && reader.takeWord("at");
  if (at) parser.expression();
  return { kind: "insert", place, target, many, value, at, returning: readReturning(parser) };
}

function readRows(parser: Expressions): Node {
  const { place } = parser.reader.peek();
  const members: Node[] = [];
  do {
    if (!parser.reader.isMark("(")) throw malformed("Expected LEFT_PAREN for row value constructor");
    members.push(parser.expression());
  } while (parser.reader.takeMark(","));
  return { kind: "bag", place, members };
}

function readActions(parser: Expressions): ChangeAction[] {
  const { reader } = parser;
  const actions: ChangeAction[] = [];
  for (;;) {
    if (reader.takeWord("set")) {
      do actions.push(readAssignment(parser));
      while (reader.takeMark(","));
    } else if (reader.takeWord("remove")) actions.push({ kind: "remove", target: parser.path(true) });
    else if (reader.isWord("insert", "into"))
      actions.push({ kind: "insert", insert: parseInsert(parser, reader.peek().place) });
    else break;
  }
  if (actions.length === 0) throw malformed("Expected data manipulation");
  return actions;
}

function readAssignment(parser: Expressions): ChangeAction {
  const target = parser.path(true);
  if (!parser.reader.is("operator", "=")) throw malformed("Expected '='");
  parser.reader.next();
  return { kind: "set", target, value: parser.expression() };
}

function readReturning(parser: Expressions): Returning | undefined {
  const { reader } = parser;
  if (!reader.takeWord("returning")) return undefined;
  const elements: { what: string; star: boolean }[] = [];
  do {
    const what = [reader.next().text, reader.next().text].join(" ").toUpperCase();
    if (!/^(?:ALL|MODIFIED) (?:OLD|NEW)$/.test(what))
      throw malformed("Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.");
    const star = reader.takeMark("*");
    if (!star) parser.expression();
    elements.push({ what, star });
  } while (reader.takeMark(","));
  const [first] = elements as [{ what: string; star: boolean }];
  return { ...first, several: elements.length > 1 };
}
