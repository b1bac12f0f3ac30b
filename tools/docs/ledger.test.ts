// The ledger that `hangar check` goes by is what the services and the fidelity room say today.

import { expect, test } from "vitest";
import { serviceRooms, textOf } from "../architecture/house.ts";
import { LEDGER, ledgerText } from "./ledger.ts";

test("the ledger is up to date (npm run docs)", async () => {
  expect(textOf(LEDGER)).toBe(ledgerText(await serviceRooms()));
});
