// application/x-www-form-urlencoded text as pairs, and dotted names as a tree.

export type FormNode = { value?: string; readonly children: Map<string, FormNode> };

/** `+` is a space in forms and query strings; text that is no valid escape stays as it is. */
export const decodeForm = (text: string): string => {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return decodePercent(spaced);
};

export const decodePercent = (text: string): string => {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return Buffer.from(
      text.replaceAll(/%([0-9a-fA-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      "latin1",
    ).toString("utf8");
  }
};

/** A pair without `=` has no value (`?uploads`), which differs from an empty one nowhere in AWS. */
export const parsePairs = (text: string): (readonly [string, string])[] => {
  const pairs: (readonly [string, string])[] = [];
  if (text === "") return pairs;
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    if (equals === -1) pairs.push([decodeForm(pair), ""]);
    else pairs.push([decodeForm(pair.slice(0, equals)), decodeForm(pair.slice(equals + 1))]);
  }
  return pairs;
};

export const formTree = (pairs: Iterable<readonly [string, string]>): FormNode => {
  const root: FormNode = { children: new Map() };
  for (const [name, value] of pairs) {
    let node = root;
    for (const part of name.split(".")) {
      let next = node.children.get(part);
      if (next === undefined) {
        next = { children: new Map() };
        node.children.set(part, next);
      }
      node = next;
    }
    node.value = value;
  }
  return root;
};
