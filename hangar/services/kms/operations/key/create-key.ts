// Creates a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { CreateKeyInput, CreateKeyOutput } from "../../../../models/kms.d.ts";
import { putKey } from "../../rules/find-key.ts";
import { checkPolicy } from "../../rules/key-policies.ts";
import { specFacts, usageFor } from "../../rules/key-specs.ts";
import { newMaterial } from "../../rules/material.ts";
import { defaultPolicy, metadataOf } from "../../rules/new-key.ts";
import { mergedTags } from "../../rules/tags.ts";
import { type Key, operation } from "../../store.ts";

export const createKey = operation<CreateKeyInput, CreateKeyOutput>(async (input, context) => {
  const { Description = "", Tags = [], MultiRegion = false, Origin = "AWS_KMS" } = input;
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
  if (Origin !== "AWS_KMS") throw notEmulated(`keys of origin ${Origin}`);
  const facts = specFacts(spec);
  if (facts === undefined) throw notEmulated(`the key spec ${spec}`);
  const usage = usageFor(spec, facts, input.KeyUsage);
  const { account, region, ids } = context;
  const id = MultiRegion ? `mrk-${ids.hex(32)}` : ids.uuid();
  const arn = `arn:aws:kms:${region}:${account}:key/${id}`;
  const policy = input.Policy ?? defaultPolicy(account);
  if (input.Policy !== undefined)
    checkPolicy(context, { arn, account }, policy, input.BypassPolicyLockoutSafetyCheck ?? false);
  const tags = mergedTags([], Tags);
  const material = [await newMaterial(ids, facts)];
  const key: Key = {
    id,
    arn,
    account,
    created: context.clock.now(),
    description: Description,
    usage,
    spec,
    manager: "CUSTOMER",
    state: "Enabled",
    multiRegion: MultiRegion,
    policy,
    tags,
    material,
    rotations: [],
  };
  putKey(context, key);
  return { KeyMetadata: metadataOf(key) };
});
