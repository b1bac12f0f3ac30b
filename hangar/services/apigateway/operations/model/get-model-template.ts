// Writes a mapping template that answers what a model describes. https://docs.aws.amazon.com/apigateway/latest/api/API_GetModelTemplate.html

import type { GetModelTemplateInput, GetModelTemplateOutput } from "../../../../models/apigateway.d.ts";
import { sampleTemplate } from "../../../../kernel/model-template.ts";
import { apiOf, key, modelOf, operation } from "../../store.ts";

export const getModelTemplate = operation<GetModelTemplateInput, GetModelTemplateOutput>(
  ({ restApiId, modelName }, context) => {
    apiOf(context, restApiId);
    const { schema } = modelOf(context, restApiId, modelName);
    const named = (name: string) => context.store.models.get(key(restApiId, name))?.schema;
    return { value: sampleTemplate(schema, named) };
  },
);
