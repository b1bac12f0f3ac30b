// Gives a grant back; its grantee and its retiring principal may. https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html

import type { RetireGrantInput } from "../../../../models/kms.d.ts";
import { accessDenied, dryRun, invalidGrantToken, notFound } from "../../errors.ts";
import { operation } from "../../store.ts";

export const retireGrant = operation<RetireGrantInput, void>((input, context) => {
  const grant = [...context.store.grants.rows()].find((each) =>
    input.GrantToken === undefined ? each.id === input.GrantId : each.token === input.GrantToken,
  );
  if (grant === undefined)
    throw input.GrantToken === undefined
      ? notFound(`Grant ID ${String(input.GrantId)} not found`)
      : invalidGrantToken();
  const { arn, roleArn = arn, kind } = context.caller;
  const may =
    kind === "root" ||
    grant.retiring === arn ||
    grant.retiring === roleArn ||
    (grant.operations.includes("RetireGrant") && (grant.grantee === arn || grant.grantee === roleArn));
  if (!may)
    throw accessDenied(
      `User: ${arn} is not authorized to perform: kms:RetireGrant on resource: arn:aws:kms:${context.region}:${context.account}:key/${grant.keyId}`,
    );
  if (input.DryRun === true) throw dryRun();
  context.store.grants.delete(`${grant.keyId}/${grant.id}`);
});
