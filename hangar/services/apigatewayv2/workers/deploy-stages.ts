// Deploys the stages of an API that deploy by themselves, after it has changed.

import { deployStages } from "../rules/deploy.ts";
import type { ApiGatewayV2Context } from "../store.ts";

export function deployStagesLater({ apiId }: { readonly apiId: string }, context: ApiGatewayV2Context): void {
  deployStages(context, apiId);
}
