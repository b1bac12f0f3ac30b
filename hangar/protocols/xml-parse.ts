// A small XML reader for request bodies: elements, attributes, text, CDATA; no DTD, so no entity tricks.
import { AwsError } from "../kernel/aws-error.ts";

export type XmlElement = {
  /** Without its namespace prefix. */
  readonly name: string;
  /** With prefixes as written: `xsi:type`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** All text directly inside, entities resolved. */
  text: string;
};

export const malformedXml = (): AwsError =>
  new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.includes("&")
    ? text.replaceAll(/&(#x[0-9a-fA-F]+|#\d+|[A-Za-z]+);|&/g, (_match, entity: string | undefined) => {
        if (entity === undefined) throw malformedXml();
        if (!entity.startsWith("#")) {
          const known = entities[entity];
          if (known === undefined) throw malformedXml();
          return known;
        }
        const code = entity.startsWith("#x") ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
        if (code > 0x10_ff_ff) throw malformedXml();
        return String.fromCodePoint(code);
      })
    : text;

const attributePattern = /([^\s=]+)\s*=\s*("([^"]*)"|'([^']*)')/g;

const parseTag = (tag: string): XmlElement => {
  const end = tag.search(/\s/);
  const qualified = end === -1 ? tag : tag.slice(0, end);
  if (!/^[A-Za-z_][\w.:-]*$/.test(qualified)) throw malformedXml();
  const attributes: Record<string, string> = {};
  if (end !== -1) {
    for (const [, name, , double, single] of tag.slice(end).matchAll(attributePattern)) {
      if (name !== undefined) attributes[name] = unescapeXml(double ?? single ?? "");
    }
  }
  return { name: qualified.slice(qualified.indexOf(":") + 1), attributes, children: [], text: "" };
};

type Cursor = { readonly source: string; at: number };

const through = (cursor: Cursor, mark: string): string => {
  const end = cursor.source.indexOf(mark, cursor.at);
  if (end === -1) throw malformedXml();
  const text = cursor.source.slice(cursor.at, end);
  cursor.at = end + mark.length;
  return text;
};

/** What is between `<` and `>`; an attribute value may hold a `>`. */
const tagText = (cursor: Cursor): string => {
  const { source } = cursor;
  let quote = "";
  for (let index = cursor.at; index < source.length; index += 1) {
    const character = source[index];
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") {
      const text = source.slice(cursor.at, index);
      cursor.at = index + 1;
      return text;
    }
  }
  throw malformedXml();
};

/** Comments and processing instructions are passed over; true when one was. */
const skipped = (cursor: Cursor): boolean => {
  const marks: readonly (readonly [string, string])[] = [
    ["<!--", "-->"],
    ["<?", "?>"],
  ];
  for (const [open, close] of marks) {
    if (cursor.source.startsWith(open, cursor.at)) {
      cursor.at += open.length;
      through(cursor, close);
      return true;
    }
  }
  return false;
};

const openTag = (cursor: Cursor, stack: XmlElement[]): XmlElement => {
  const tag = tagText(cursor);
  if (tag.startsWith("!")) throw malformedXml();
  const isEmpty = tag.endsWith("/");
  const element = parseTag(isEmpty ? tag.slice(0, -1) : tag);
  stack.at(-1)?.children.push(element);
  if (!isEmpty) stack.push(element);
  return element;
};

const closeTag = (cursor: Cursor, stack: XmlElement[]): void => {
  const name = through(cursor, ">").trim();
  if (stack.pop()?.name !== name.slice(name.indexOf(":") + 1)) throw malformedXml();
};

/** Adds the text up to the next `<` to the open element; outside the root only white space may stand. */
const textRun = (cursor: Cursor, open: XmlElement | undefined): void => {
  const next = cursor.source.indexOf("<", cursor.at);
  const text = cursor.source.slice(cursor.at, next === -1 ? undefined : next);
  cursor.at = next === -1 ? cursor.source.length : next;
  if (open !== undefined) open.text += unescapeXml(text);
  else if (text.trim() !== "") throw malformedXml();
};

export const parseXml = (source: string): XmlElement => {
  const cursor: Cursor = { source: source.startsWith("\uFEFF") ? source.slice(1) : source, at: 0 };
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  while (cursor.at < cursor.source.length) {
    textRun(cursor, stack.at(-1));
    if (cursor.at >= cursor.source.length) break;
    if (skipped(cursor)) continue;
    const open = stack.at(-1);
    if (open !== undefined && cursor.source.startsWith("<![CDATA[", cursor.at)) {
      cursor.at += "<![CDATA[".length;
      open.text += through(cursor, "]]>");
    } else if (cursor.source.startsWith("</", cursor.at)) {
      cursor.at += 2;
      closeTag(cursor, stack);
    } else {
      cursor.at += 1;
      if (root !== undefined && stack.length === 0) throw malformedXml();
      const element = openTag(cursor, stack);
      root ??= element;
    }
  }
  if (root === undefined || stack.length > 0) throw malformedXml();
  return root;
};
