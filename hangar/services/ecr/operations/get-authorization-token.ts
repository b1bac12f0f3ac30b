// Gives what a container engine logs in with, as its caller, for twelve hours. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html

import type { GetAuthorizationTokenInput, GetAuthorizationTokenOutput } from "../../../models/ecr.d.ts";
import { bearer } from "../rules/bearer.ts";
import { operation } from "../store.ts";

const VALID = 12 * 60 * 60 * 1000;

export const getAuthorizationToken = operation<GetAuthorizationTokenInput, GetAuthorizationTokenOutput>(
  (input, context) => {
    const { clock, ids, store, caller, account, region, request } = context;
    const now = clock.now();
    const over = [...store.tokens.rows()].filter(({ expires }) => expires <= now);
    for (const { id } of over) store.tokens.delete(id);
    const token = { id: ids.hex(32), caller, expires: now + VALID };
    store.tokens.put(token.id, token);
    const login = {
      authorizationToken: Buffer.from(`AWS:${bearer(token, { account, region })}`).toString("base64"),
      expiresAt: new Date(token.expires),
      proxyEndpoint: request.origin,
    };
    return { authorizationData: (input.registryIds ?? [account]).map(() => login) };
  },
);
