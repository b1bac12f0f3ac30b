// The suites' test function: a world, AWS clients for it (hangar/vitest), and somebody who is signed in there.
import { test as base } from "hangar/vitest";
import { signUp } from "./account.ts";

export const test = base.extend("ada", ({ stack, aws }) => signUp(stack, aws));

export { expect } from "hangar/vitest";
