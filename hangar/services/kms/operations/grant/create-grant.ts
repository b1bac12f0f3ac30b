// Lets a principal use a key beside its policy. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { CreateGrantInput, CreateGrantOutput } from "../../../../models/kms.d.ts";
import { dryRun } from "../../errors.ts";
import { checkUsable, findKey } from "../../rules/find-key.ts";
import { grantsOf, putGrant } from "../../rules/grants.ts";
import { type Grant, operation } from "../../store.ts";

export const createGrant = operation<CreateGrantInput, CreateGrantOutput>((input, context) => {
  const key = findKey(context, input.KeyId);
  checkUsable(key);
  const { GranteePrincipal } = input;
  if (GranteePrincipal === undefined) throw notEmulated("grants to service principals (GranteeServicePrincipal)");
  const same = grantsOf(context, key).find(
    (grant) =>
      input.Name !== undefined &&
      grant.name === input.Name &&
      grant.grantee === GranteePrincipal &&
      grant.operations.join() === input.Operations.join(),
  );
  const grant: Grant = same ?? {
    id: context.ids.hex(64),
    token: Buffer.from(context.ids.bytes(96)).toString("base64"),
    keyId: key.id,
    name: input.Name,
    grantee: GranteePrincipal,
    retiring: input.RetiringPrincipal,
    operations: input.Operations,
    equals: input.Constraints?.EncryptionContextEquals,
    subset: input.Constraints?.EncryptionContextSubset,
    issuer: `arn:aws:iam::${context.account}:root`,
    created: context.clock.now(),
  };
  if (input.DryRun === true) throw dryRun();
  putGrant(context, key, grant);
  return { GrantId: grant.id, GrantToken: grant.token };
});
