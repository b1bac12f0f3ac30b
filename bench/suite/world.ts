// The forty's `test`, in the way that BENCH_WAY names; the tests are the same in all of them.

import { test as forked } from "hangar/vitest";
import { inject, test as base } from "vitest";
import { clean, post, shopAt, type Outputs, type Shop } from "./shop.ts";

type Fixture = { readonly shop: Shop };
type Deployed = { readonly stacks: readonly { readonly outputs: Outputs }[] };

/** A fork of the deployed world; on LocalStack, which has none, its one world, cleaned. */
const fixtures = forked.extend<Fixture>({
  shop: async ({ stack, aws, cloud }, use) => {
    const { dynamodb, s3, sqs } = aws;
    const shop = { outputs: stack.outputs as Outputs, dynamodb, s3, sqs, settle: () => cloud.settle() };
    await use(shop);
    if (cloud.target !== "embedded") await clean(shop);
  },
});

/** All is dropped and deployed again before each test. */
const redeployed = base.extend<Fixture>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs from its pattern
  shop: async ({}, use) => {
    const { endpoint, assembly } = inject("bench");
    await post(endpoint, "reset");
    const { stacks } = (await post(endpoint, "deploy", { assembly })) as Deployed;
    await use(shopAt(endpoint, stacks[0]?.outputs ?? {}));
  },
});

/** One world for all, which each test leaves clean. */
const shared = base.extend<Fixture>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs from its pattern
  shop: async ({}, use) => {
    const { endpoint, outputs } = inject("bench");
    const shop = shopAt(endpoint, outputs);
    await use(shop);
    await clean(shop);
  },
});

const ways: Readonly<Record<string, typeof shared>> = { fixtures, redeployed, shared };

export const test = ways[process.env["BENCH_WAY"] ?? ""] ?? shared;
