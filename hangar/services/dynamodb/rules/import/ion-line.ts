// Items in Ion text, as exports write them: `$ion_1_0 {Item:{id:"x"}}`, or a list of such structs.

import type { AttributeValue, Item } from "../attribute-value.ts";
import { IonReader } from "./ion-reader.ts";
import { UnreadableText } from "./unreadable.ts";

export function itemsOfIon(line: string): readonly Item[] {
  const reader = new IonReader(line);
  const items: Item[] = [];
  while (!reader.done) {
    if (reader.skip("$ion_1_0")) continue;
    const value = reader.value();
    items.push(...(value.L ?? [value]).map(itemOf));
  }
  return items;
}

function itemOf({ M: struct }: AttributeValue): Item {
  const item = struct !== undefined && Object.hasOwn(struct, "Item") ? struct["Item"]?.M : undefined;
  if (item === undefined) throw new UnreadableText("The line has no Item.");
  return item;
}
