// Makes a password. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html

import type { GetRandomPasswordInput, GetRandomPasswordOutput } from "../../../models/secretsmanager.d.ts";
import { randomPassword } from "../rules/random-password.ts";
import { operation } from "../store.ts";

export const getRandomPassword = operation<GetRandomPasswordInput, GetRandomPasswordOutput>((input, context) => {
  return { RandomPassword: randomPassword(input, context.ids) };
});
