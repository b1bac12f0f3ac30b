// OpenAPI documents of our own that say what the recorded ones said, as JSON.

type Json = Readonly<Record<string, unknown>>;
/** OpenAPI 3 wraps types in a schema and models in content; Swagger 2.0 does not. */
export type Kind = "swagger" | "oas30";

const info = (title: string, version: unknown): Json => ({ title, version });
const Empty = { title: "Empty Schema", type: "object" };
const EMPTY = { "application/json": { schema: { $ref: "#/components/schemas/Empty" } } };

/** A response of 200 that declares headers, and a model where it has one. */
function answer(kind: Kind, headers: readonly string[] = [], content?: Json): Json {
  const text = kind === "swagger" ? { type: "string" } : { schema: { type: "string" } };
  const declared = Object.fromEntries(headers.map((name) => [name, text]));
  const with_ = headers.length === 0 ? {} : { headers: declared };
  return { "200": { description: "an answer", ...with_, ...(content !== undefined && { content }) } };
}

/** Values of headers that an integration answers, as text. */
function values(headers: Readonly<Record<string, string>>): Json {
  const pairs = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]);
  return { responseParameters: Object.fromEntries(pairs) as Json };
}

const mocked = (response: Json = {}, more: Json = {}): Json => ({
  "x-amazon-apigateway-integration": {
    type: "mock",
    passthroughBehavior: "when_no_match",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    responses: { default: { statusCode: "200", ...response } },
    ...more,
  },
});

const ORIGIN = "Access-Control-Allow-Origin";
const cors = {
  "Access-Control-Allow-Headers": "Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token",
  "Access-Control-Allow-Methods": "GET,OPTIONS",
  [ORIGIN]: "*",
};

/** `GET` with one header and `OPTIONS` with all, both mocks. */
function corsPath(kind: Kind, get: Json = {}, more: Json = {}): Json {
  const content = kind === "swagger" ? undefined : EMPTY;
  return {
    get: { responses: answer(kind, [ORIGIN], content), ...mocked(values({ [ORIGIN]: "*" }), get), ...more },
    options: { responses: answer(kind, Object.keys(cors), content), ...mocked(values(cors)), ...more },
  };
}

const event = { "integration.request.header.X-Amz-Invocation-Type": "'Event'" };

/** With its base path as a variable of the server, or in the server's URL: there a parameter is no text. */
export function withServer(of: "variable" | "url"): Json {
  const variables = { basePath: { default: "/base-var" } };
  const byVariable = { url: "https://testdomain.com/{basePath}", variables };
  const server = of === "variable" ? byVariable : { url: "https://testdomain.com/base-url/part/" };
  const odd = { "integration.request.header.double-single": "'True'", "integration.request.header.nothing": true };
  const requestParameters = of === "variable" ? event : { ...event, ...odd };
  return {
    openapi: "3.0.1",
    info: info("test-import-oas", "2.0"),
    servers: [server],
    paths: { "/test": corsPath("oas30", { requestParameters }) },
    components: { schemas: { Empty } },
  };
}

/** A Swagger document with a base path, whose methods ask a function for leave. */
export function withBasePath(authorizerUri: string): Json {
  const authorizer = { type: "request", authorizerUri, identitySource: "method.request.querystring.auth" };
  const own = { "x-amazon-apigateway-authtype": "custom", "x-amazon-apigateway-authorizer": authorizer };
  return {
    swagger: "2.0",
    info: info("Import swagger JSON", "2"),
    basePath: "/base",
    paths: { "/test": corsPath("swagger", {}, { security: [{ asks: [] }] }) },
    definitions: { Empty },
    securityDefinitions: { asks: { type: "apiKey", in: "query", name: "auth", ...own } },
  };
}

const store = "http://petstore-demo-endpoint.execute-api.com/petstore/pets";
const http = (uri = store, more: Json = {}): Json => ({
  "x-amazon-apigateway-integration": {
    type: "http",
    httpMethod: "GET",
    uri,
    passthroughBehavior: "when_no_match",
    responses: { default: { statusCode: "200" } },
    ...more,
  },
});

export const pets: Json = {
  swagger: "2.0",
  info: info("Simple PetStore (Swagger)", "1.0.0"),
  schemes: ["https"],
  paths: {
    "/pets": { get: { responses: answer("swagger"), ...http() } },
    "/pets/{petId}": {
      get: {
        parameters: [{ name: "petId", in: "path", required: true, type: "string" }],
        responses: answer("swagger"),
        ...http(`${store}/{id}`, { requestParameters: { "integration.request.path.id": "method.request.path.petId" } }),
      },
    },
  },
};

const invocations = (region: string, name: string): string =>
  `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:000000000000:function:${name}/invocations`;
const toFunction = (uri: string, more: Json = {}): Json => ({
  "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri, ...more },
});

/** A function behind an API key, and CORS. */
export const withKey: Json = {
  openapi: "3.0.1",
  info: info("local-api", 1),
  paths: {
    "/": {
      ...corsPath("oas30"),
      get: {
        responses: answer("oas30", [ORIGIN], EMPTY),
        security: [{ api_key: [] }],
        ...toFunction(invocations("us-west-2", "s3OnObjectCreatedLambda-60c92b6"), {
          contentHandling: "CONVERT_TO_TEXT",
          passthroughBehavior: "when_no_match",
          responses: { default: { statusCode: "200", ...values({ [ORIGIN]: "*" }) } },
        }),
      },
    },
  },
  components: {
    schemas: { Empty },
    securitySchemes: { api_key: { type: "apiKey", in: "header", name: "x-api-key" } },
  },
};

const shopCors = {
  "Access-Control-Allow-Headers": "Content-Type",
  "Access-Control-Allow-Methods": "OPTIONS,POST,GET",
  [ORIGIN]: "http://localhost:8080",
};
const shopPath = (name: string): Json => ({
  options: {
    consumes: ["application/json"],
    produces: ["application/json"],
    responses: answer("swagger", Object.keys(shopCors)),
    ...mocked({ ...values(shopCors), responseTemplates: { "application/json": "{}\n" } }),
  },
  get: { responses: {}, ...toFunction(invocations("us-east-1", `aws-serverless-shopping-cart-${name}:live`)) },
});

/** As a framework writes it: path variables that no parameter declares. */
export const shop: Json = {
  swagger: "2.0",
  info: info("aws-serverless-shopping-cart-product-mock", "1.0"),
  paths: {
    "/product/{product_id}": shopPath("produc-GetProductFunction-28378339"),
    "/product": shopPath("produ-GetProductsFunction-c1359550"),
  },
};

/** A status that is a number, in YAML's way. */
export const numberedStatus: Json = {
  openapi: "3.0.1",
  info: info("numbers", "1.0"),
  paths: {
    "/test": {
      get: {
        responses: { 200: { ...(answer("oas30", [ORIGIN], EMPTY)["200"] as Json) } },
        ...mocked({ ...values({ [ORIGIN]: "*" }), statusCode: 200 }, { requestParameters: event }),
      },
    },
  },
  components: { schemas: { Empty } },
};

/** Every method asks the same authorizer, unless it says otherwise. */
export const guarded = (authorizerUri: string): Json => ({
  openapi: "3.0.2",
  info: info("Test Global Authorizer", "1.0"),
  paths: {
    "/pets": { get: { responses: answer("oas30"), ...http() } },
    "/echo/{data}": {
      "x-amazon-apigateway-any-method": {
        responses: answer("oas30", [], EMPTY),
        ...mocked(
          { responseTemplates: { "application/json": '{"echo": "$input.params(\'data\')", "response": "mocked"}' } },
          { passthroughBehavior: "when_no_templates" },
        ),
      },
    },
  },
  components: {
    schemas: { Empty },
    securitySchemes: {
      GatewayAuthorizer: {
        type: "apiKey",
        in: "header",
        name: "X-Api-Key",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
          type: "request",
          authorizerUri,
          identitySource: "method.request.header.Custom-Authorization",
          authorizerResultTtlInSeconds: 300,
        },
      },
    },
  },
  security: [{ GatewayAuthorizer: [] }],
  "x-amazon-apigateway-api-key-source": "AUTHORIZER",
});

const pool = (arn: string): Json => ({
  type: "apiKey",
  in: "header",
  name: "TestHeaderAuth",
  "x-amazon-apigateway-authtype": "cognito_user_pools",
  "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [arn] },
});

/** Two authorizers of one user pool, and scopes. */
export function withScopes(arn: string): Json {
  const [first, second] = ["cognito-test-identity-source", "extra-test-identity-source"] as const;
  const secured = (name: string, scopes: readonly string[]): Json => ({
    get: { security: [{ [name]: scopes }], responses: answer("oas30"), ...http() },
  });
  const query = (name: string): Json => ({ name, in: "query", schema: { type: "string" } });
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Pets" } } };
  return {
    openapi: "3.0.1",
    info: { ...info("Example Pet Store", "1.0"), description: "A Pet Store API." },
    paths: {
      "/default-no-scope": secured(first, []),
      "/default-scope-override": secured(first, ["openid"]),
      "/non-default-authorizer": secured(second, ["email", "openid"]),
      "/pets": {
        get: {
          operationId: "GET HTTP",
          parameters: [query("type"), query("page")],
          responses: answer("oas30", [ORIGIN], content),
          "x-amazon-apigateway-integration": {
            type: "HTTP_PROXY",
            httpMethod: "GET",
            uri: "http://petstore.execute-api.us-west-1.amazonaws.com/petstore/pets",
            payloadFormatVersion: 1.0,
          },
        },
      },
    },
    components: {
      securitySchemes: { [first]: pool(arn), [second]: pool(arn) },
      schemas: {
        Pets: { type: "array", items: { $ref: "#/components/schemas/Pet" } },
        Empty: { type: "object" },
        Pet: { type: "object", properties: { id: { type: "string" }, price: { type: "number" } } },
      },
    },
    security: [{ [first]: ["email"] }],
  };
}
