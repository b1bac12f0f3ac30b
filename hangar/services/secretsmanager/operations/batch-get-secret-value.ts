// Gives the values of several secrets, and the errors of those it may not give. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html

import { AwsError } from "../../../kernel/aws-error.ts";
import type {
  BatchGetSecretValueInput,
  BatchGetSecretValueOutput,
  APIErrorType,
  GetSecretValueOutput,
} from "../../../models/secretsmanager.d.ts";
import { invalidParameter } from "../errors.ts";
import { meetsAll } from "../rules/list-filters.ts";
import { getSecretValue } from "./get-secret-value.ts";
import { pageOf } from "../rules/pages.ts";
import { operation } from "../store.ts";

export const batchGetSecretValue = operation<BatchGetSecretValueInput, BatchGetSecretValueOutput>(
  async (input, context) => {
    const { SecretIdList, Filters } = input;
    if ((SecretIdList === undefined) === (Filters === undefined))
      throw invalidParameter("You must include Filters or SecretIdList, but not both.");
    const all =
      SecretIdList ??
      [...context.store.secrets.rows()]
        .filter((secret) => secret.deletion === undefined && meetsAll(secret, Filters ?? []))
        .map((secret) => secret.arn);
    const { page, next } = pageOf(all, { MaxResults: input.MaxResults ?? 20, NextToken: input.NextToken });
    const values: GetSecretValueOutput[] = [];
    const errors: APIErrorType[] = [];
    for (const SecretId of page) {
      try {
        values.push(await context.call(getSecretValue, { SecretId }));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        errors.push({ SecretId, ErrorCode: error.code, Message: error.message });
      }
    }
    return { SecretValues: values, Errors: errors, ...next };
  },
);
