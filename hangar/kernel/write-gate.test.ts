// A closed gate: what began before it closed writes on, what began since is refused before it has changed anything.

import { describe, expect, test } from "vitest";
import { Table } from "./table.ts";
import { WriteGate } from "./write-gate.ts";

const FULL = new Error("full");
const nowhere = (): Promise<void> => Promise.resolve();

function gated(): { gate: WriteGate; table: Table<number> } {
  const gate = new WriteGate();
  const table = new Table<number>();
  table.listen(undefined, "", gate);
  table.put("kept", 1);
  return { gate, table };
}

describe("a closed gate", () => {
  test("lets those write who were under way, and refuses who came since, at puts and deletions", async () => {
    const { gate, table } = gated();
    gate.close(FULL, nowhere);
    table.put("under way", 2);
    await expect(gate.late(() => table.put("late", 3))).rejects.toBe(FULL);
    await expect(gate.late(() => table.delete("kept"))).rejects.toBe(FULL);
    await expect(gate.late(() => table.delete("absent"))).resolves.toBe(undefined);
    expect([...table.keys()]).toEqual(["kept", "under way"]);
    gate.dispose();
  });

  test("is asked first whether there is room again", async () => {
    const { gate, table } = gated();
    gate.close(FULL, async () => gate.open());
    await gate.late(() => table.put("late", 3));
    expect(table.get("late")).toBe(3);
  });

  test("that was opened and closed again stops nobody half-way", async () => {
    const { gate, table } = gated();
    gate.close(FULL, nowhere);
    await gate.late(() => {
      gate.open();
      table.put("half", 1);
      gate.close(new Error("full again"), nowhere);
      table.put("whole", 1);
    });
    expect(table.size).toBe(3);
    gate.dispose();
  });

  test("holds up work until it is open", async () => {
    const { gate } = gated();
    gate.close(FULL, nowhere);
    const order: string[] = [];
    const work = gate.opened().then(() => order.push("work"));
    await nowhere();
    order.push("room");
    gate.open();
    await work;
    expect(order).toEqual(["room", "work"]);
  });

  test("of one table says nothing about its forks", async () => {
    const { gate, table } = gated();
    gate.close(FULL, nowhere);
    const fork = table.fork();
    await gate.late(() => fork.put("late", 3));
    expect([fork.size, table.size]).toEqual([2, 1]);
    gate.dispose();
  });
});
