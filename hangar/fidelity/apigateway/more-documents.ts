// Two longer OpenAPI documents: models that refer to each other, and a function that is called and not waited for.

const $ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const content = (name: string) => ({ "application/json": { schema: $ref(name) } });

/** A person lives in a house in which persons live. */
export function circular(validator?: string): object {
  const both = { validateRequestBody: true, validateRequestParameters: true };
  const validators = { "x-amazon-apigateway-request-validators": { basic: both } };
  return {
    openapi: "3.0.2",
    info: { title: "Circular model reference", version: "1.0" },
    ...(validator !== undefined && { ...validators, "x-amazon-apigateway-request-validator": validator }),
    paths: {
      "/person": {
        post: {
          operationId: "CreatePerson",
          requestBody: { required: true, content: content("Person") },
          responses: { "200": { description: "Empty", content: content("Empty") } },
          "x-amazon-apigateway-integration": {
            type: "mock",
            passthroughBehavior: "when_no_templates",
            requestTemplates: { "application/json": '{"statusCode": 200}' },
            responses: {
              default: {
                statusCode: "200",
                responseTemplates: { "application/json": '{"echo": $input.json(\'$\'), "response": "mocked"}' },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Person: {
          type: "object",
          description: "Random person schema.",
          properties: {
            name: { type: "string", description: "Random property" },
            b: { type: "number" },
            house: $ref("House"),
          },
          required: ["b", "name"],
        },
        House: {
          type: "object",
          description: "Where a Person can live",
          properties: {
            randomProperty: { type: "string", description: "Random property", format: "byte" },
            contains: {
              type: "array",
              items: $ref("Person"),
              minItems: 1,
              description: "The information of who is living in the house",
            },
          },
        },
        Empty: { title: "Empty Schema", type: "object" },
      },
    },
  };
}

/** The recorded template, whose blanks count. */
const parameters = [
  "#set($allParams = $input.params())",
  "{",
  '  "params" : {',
  "    #foreach($type in $allParams.keySet())",
  "      #set($params = $allParams.get($type))",
  '      "$type" : {',
  "        #foreach($paramName in $params.keySet())",
  '          "$paramName" : "$util.escapeJavaScript($params.get($paramName))"',
  "          #if($foreach.hasNext),#end",
  "        #end",
  "      }",
  "      #if($foreach.hasNext),#end",
  "    #end",
  "  }",
  "}",
  "",
].join("\n");

export function withEvent(uri: string): object {
  const allowed = "Access-Control-Allow-Headers";
  return {
    openapi: "3.0.1",
    info: { title: "events", version: "1.0" },
    paths: {
      "/": {
        get: {
          responses: { "200": { description: "an answer", content: content("Empty") } },
          "x-amazon-apigateway-integration": {
            type: "aws",
            httpMethod: "POST",
            uri,
            contentHandling: "CONVERT_TO_TEXT",
            passthroughBehavior: "when_no_templates",
            requestParameters: { "integration.request.header.X-Amz-Invocation-Type": "'Event'" },
            requestTemplates: { "application/json": parameters },
            responses: { default: { statusCode: "200" } },
          },
        },
        options: {
          responses: {
            "200": {
              description: "an answer",
              headers: { [allowed]: { schema: { type: "string" } } },
              content: content("Empty"),
            },
          },
          "x-amazon-apigateway-integration": {
            type: "mock",
            passthroughBehavior: "when_no_match",
            requestTemplates: { "application/json": '{"statusCode": 200}' },
            responses: {
              default: {
                statusCode: "200",
                responseParameters: { [`method.response.header.${allowed}`]: "'Content-Type'" },
              },
            },
          },
        },
      },
    },
    components: { schemas: { Empty: { title: "Empty Schema", type: "object" } } },
  };
}
