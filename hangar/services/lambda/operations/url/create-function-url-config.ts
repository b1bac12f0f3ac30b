// Gives a function or an alias an HTTP address. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html

import type { CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse } from "../../../../models/lambda.d.ts";
import { conflict } from "../../errors.ts";
import { functionArn } from "../../rules/function-name.ts";
import { checkUrlQualifier } from "../../rules/url-qualifier.ts";
import { changedUrlAnswer, urlHolder, urlKey } from "../../rules/url-answer.ts";
import { operation, type UrlRow } from "../../store.ts";

export const createFunctionUrlConfig = operation<CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse>(
  (input, context) => {
    checkUrlQualifier(input.Qualifier);
    const { name, qualifier } = urlHolder(context, input);
    const key = urlKey(name, qualifier);
    if (context.store.urls.has(key)) {
      throw conflict(
        `Failed to create function url config for [functionArn = ${functionArn(context, name, qualifier)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      );
    }
    const now = context.clock.now();
    const url: UrlRow = {
      id: context.ids.lower(32),
      functionName: name,
      qualifier,
      authType: input.AuthType,
      invokeMode: input.InvokeMode ?? "BUFFERED",
      cors: input.Cors,
      createdAt: now,
      modifiedAt: now,
    };
    context.store.urls.put(key, url);
    context.store.urlKeys.put(url.id, key);
    const { LastModifiedTime: _modified, ...answer } = changedUrlAnswer(url, context, input);
    return answer;
  },
);
