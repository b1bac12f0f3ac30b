// Points an alias elsewhere. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html

import type { AliasConfiguration, UpdateAliasRequest } from "../../../../models/lambda.d.ts";
import { beginProvisioning, endProvisioning } from "../../engine/provision.ts";
import { notFound } from "../../errors.ts";
import { aliasAnswer, checkRouting } from "../../rules/alias-answer.ts";
import { checkRevision, findUnqualified } from "../../rules/find.ts";
import { functionArn } from "../../rules/function-name.ts";
import { operation, type AliasRow } from "../../store.ts";

export const updateAlias = operation<UpdateAliasRequest, AliasConfiguration>((input, context) => {
  const { row } = findUnqualified(context, input.FunctionName);
  const present = context.store.aliases.get(`${row.name}:${input.Name}`);
  if (present === undefined) throw notFound(`Alias not found: ${functionArn(context, row.name, input.Name)}`);
  checkRevision(input.RevisionId, present.revisionId, "GetFunction/GetAlias");
  const version = input.FunctionVersion ?? present.version;
  const routing = input.RoutingConfig ?? { AdditionalVersionWeights: present.weights };
  const weights = checkRouting(context, row.name, version, routing);
  const alias: AliasRow = {
    ...present,
    version,
    weights,
    description: input.Description ?? present.description,
    revisionId: context.ids.uuid(),
  };
  context.store.aliases.put(`${row.name}:${input.Name}`, alias);
  const provisioned = context.store.provisioned.get(`${row.name}:${input.Name}`);
  // Its environments move to the version that it names now.
  if (provisioned !== undefined && version !== present.version) {
    beginProvisioning(context, provisioned);
    endProvisioning(context, row.name);
  }
  return aliasAnswer(alias, context);
});
