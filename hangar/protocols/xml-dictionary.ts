// An XML document as a plain object, for documents whose shape no model tells.

import { parseXml, type XmlElement } from "./xml-parse.ts";

/** As xmltodict reads a document: repeated elements are lists, empty ones null, all else text. */
export function dictionaryOf(document: string): Record<string, unknown> {
  const root = parseXml(document);
  return { [root.name]: contentOf(root) };
}

function contentOf({ attributes, children, text }: XmlElement): unknown {
  const named = Object.entries(attributes).map(([name, value]) => [`@${name}`, value] as const);
  if (children.length === 0 && named.length === 0) return text === "" ? null : text;
  const members: Record<string, unknown> = Object.fromEntries(named);
  for (const child of children) {
    const before = members[child.name];
    const content = contentOf(child);
    if (before === undefined) members[child.name] = content;
    else members[child.name] = Array.isArray(before) ? [...(before as unknown[]), content] : [before, content];
  }
  return members;
}
