// Updates do to an item what a plain reading of them says, all of them to the item as it was.

import fc from "fast-check";
import { expect, test } from "vitest";
import { applyUpdate } from "./apply-update.ts";
import type { AttributeValue, Item } from "./attribute-value.ts";
import { bindUpdate } from "./bind-update.ts";
import { Bindings } from "./bindings.ts";
import { updateTree } from "./expressions.ts";

/** Items here hold numbers, sets and lists of numbers, and maps of numbers, each under a name of its own. */
type Model = { n?: bigint; set?: Set<string>; list?: bigint[]; doc?: Map<string, bigint> };

const whole = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const member = fc.constantFrom<string[]>("a", "b", "c");
const model: fc.Arbitrary<Model> = fc.record(
  {
    n: whole,
    set: fc.uniqueArray(member, { minLength: 1 }).map((all) => new Set(all)),
    list: fc.array(whole, { maxLength: 4 }),
    doc: fc.uniqueArray(fc.tuple(member, whole), { selector: ([name]) => name }).map((all) => new Map(all)),
  },
  { requiredKeys: [] },
);

function asItem({ n, set, list, doc }: Model): Item {
  const number = (value: bigint): AttributeValue => ({ N: String(value) });
  return {
    ...(n !== undefined && { n: number(n) }),
    ...(set !== undefined && { tags: { SS: [...set].toSorted() } }),
    ...(list !== undefined && { steps: { L: list.map(number) } }),
    ...(doc !== undefined && {
      doc: { M: Object.fromEntries([...doc].map(([name, value]) => [name, number(value)])) },
    }),
  };
}

function sorted(item: Item): Item {
  const { tags } = item;
  return tags?.SS === undefined ? item : { ...item, tags: { SS: tags.SS.toSorted() } };
}

const REFUSED = Symbol("refused");
type Change = {
  readonly section: "SET" | "REMOVE" | "ADD" | "DELETE";
  readonly text: string;
  readonly value?: AttributeValue;
  /** Changes `next`, having looked at `was`. */
  readonly does: (next: Model, was: Model) => void | typeof REFUSED;
};

const numberChange: fc.Arbitrary<Change> = whole.chain((by) => {
  const value = { N: String(by) };
  return fc.constantFrom<Change[]>(
    { section: "SET", text: "n = ?", value, does: (next) => void (next.n = by) },
    {
      section: "SET",
      text: "n = n + ?",
      value,
      does: (next, was) => (was.n === undefined ? REFUSED : void (next.n = was.n + by)),
    },
    {
      section: "SET",
      text: "n = ? - n",
      value,
      does: (next, was) => (was.n === undefined ? REFUSED : void (next.n = by - was.n)),
    },
    {
      section: "SET",
      text: "n = if_not_exists(n, ?)",
      value,
      does: (next, was) => void (next.n = was.n ?? by),
    },
    { section: "ADD", text: "n ?", value, does: (next, was) => void (next.n = (was.n ?? 0n) + by) },
    { section: "REMOVE", text: "n", does: (next) => void delete next.n },
  );
});

const setChange: fc.Arbitrary<Change> = fc.uniqueArray(member, { minLength: 1 }).chain((members) => {
  const value = { SS: members };
  return fc.constantFrom<Change[]>(
    {
      section: "ADD",
      text: "tags ?",
      value,
      does: (next, was) => void (next.set = new Set([...(was.set ?? []), ...members])),
    },
    {
      section: "DELETE",
      text: "tags ?",
      value,
      does: (next, was) => {
        const left = [...(was.set ?? [])].filter((each) => !members.includes(each));
        if (left.length === 0) delete next.set;
        else next.set = new Set(left);
      },
    },
    { section: "SET", text: "tags = ?", value, does: (next) => void (next.set = new Set(members)) },
  );
});

const listChange: fc.Arbitrary<Change> = fc.tuple(whole, fc.nat({ max: 6 })).chain(([number, at]) => {
  const value = { N: String(number) };
  return fc.constantFrom<Change[]>(
    {
      section: "SET",
      text: `steps[${at}] = ?`,
      value,
      does: (next, was) => {
        if (was.list === undefined) return REFUSED;
        next.list = at < was.list.length ? was.list.with(at, number) : [...was.list, number];
      },
    },
    {
      section: "REMOVE",
      text: `steps[${at}]`,
      does: (next, was) => {
        if (was.list === undefined) return REFUSED;
        next.list = was.list.filter((_each, index) => index !== at);
      },
    },
    {
      section: "SET",
      text: "steps = list_append(?, if_not_exists(steps, ?))",
      value: { L: [value] },
      does: (next, was) => void (next.list = [number, ...(was.list ?? [number])]),
    },
  );
});

const documentChange: fc.Arbitrary<Change> = fc.tuple(whole, member).chain(([number, name]) =>
  fc.constantFrom<Change[]>(
    {
      section: "SET",
      text: `doc.${name} = ?`,
      value: { N: String(number) },
      does: (next, was) => {
        if (was.doc === undefined) return REFUSED;
        next.doc = new Map([...was.doc, [name, number]]);
      },
    },
    {
      section: "ADD",
      text: `doc.${name} ?`,
      value: { N: String(number) },
      does: (next, was) => {
        if (was.doc === undefined) return REFUSED;
        next.doc = new Map([...was.doc, [name, (was.doc.get(name) ?? 0n) + number]]);
      },
    },
    {
      section: "REMOVE",
      text: `doc.${name}`,
      does: (next, was) => {
        if (was.doc === undefined) return REFUSED;
        next.doc = new Map([...was.doc].filter(([each]) => each !== name));
      },
    },
  ),
);

const changes = fc
  .tuple(fc.option(numberChange), fc.option(setChange), fc.option(listChange), fc.option(documentChange))
  .map((all) => all.filter((change) => change !== null))
  .filter((all) => all.length > 0);

function expressionOf(all: readonly Change[]): { readonly text: string; readonly values: Item } {
  const values: Record<string, AttributeValue> = {};
  const sections = new Map<string, string[]>();
  for (const [index, { section, text, value }] of all.entries()) {
    if (value !== undefined) values[`:v${index}`] = value;
    sections.set(section, [...(sections.get(section) ?? []), text.replaceAll("?", `:v${index}`)]);
  }
  return { text: [...sections].map(([section, texts]) => `${section} ${texts.join(", ")}`).join(" "), values };
}

test("an update leaves what it says, or is refused and leaves everything", () => {
  fc.assert(
    fc.property(model, changes, (was, all) => {
      const { text, values } = expressionOf(all);
      const label = "UpdateExpression";
      const bindings = new Bindings(undefined, Object.keys(values).length === 0 ? undefined : values);
      const update = bindUpdate(updateTree(text, label), label, bindings);
      bindings.checkAllUsed();
      const before = asItem(was);
      const copy = structuredClone(before);
      const next = { ...was };
      if (all.map(({ does }) => does(next, was)).includes(REFUSED)) {
        expect(() => applyUpdate(before, update)).toThrow(/does not exist in the item|invalid for update/);
      } else {
        expect(sorted(applyUpdate(before, update))).toEqual(asItem(next));
      }
      expect(before).toEqual(copy);
    }),
    { numRuns: 1000 },
  );
});
