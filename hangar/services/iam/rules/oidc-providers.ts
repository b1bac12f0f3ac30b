// OpenID Connect providers by ARN.

import { noSuchEntity } from "../errors.ts";
import { accountStore, type IamContext, type OidcProvider } from "../store.ts";

export function providerAt(context: IamContext, arn: string): OidcProvider {
  const provider = accountStore(context).oidcProviders.get(arn);
  if (provider === undefined) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  return provider;
}

export function putProvider(context: IamContext, provider: OidcProvider): void {
  accountStore(context).oidcProviders.put(provider.Arn, provider);
}
