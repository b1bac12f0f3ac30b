// The front door: a REST API with models, a token authorizer, a partner route behind an API key, CORS and an access log.
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  Cors,
  LambdaIntegration,
  LogGroupLogDestination,
  Model,
  Period,
  RequestValidator,
  RestApi,
  TokenAuthorizer,
} from "aws-cdk-lib/aws-apigateway";
import type { IApiKey, IResource, IRestApi, MethodOptions } from "aws-cdk-lib/aws-apigateway";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { ApiFunctions } from "./api-functions.ts";
import { models } from "./api-models.ts";
import type { ModelName } from "./api-models.ts";
import { addRefusals } from "./api-responses.ts";
import type { Storage } from "./storage.ts";

const accessLogLine = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    time: AccessLogField.contextRequestTime(),
    method: AccessLogField.contextHttpMethod(),
    path: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    user: AccessLogField.contextAuthorizerPrincipalId(),
    milliseconds: AccessLogField.contextResponseLatency(),
    error: AccessLogField.contextErrorMessage(),
  }),
);

export class Api extends Construct {
  readonly restApi: RestApi;
  readonly signingKey: Secret;
  readonly partnerKey: IApiKey;
  readonly partnerRoleArn: string;
  readonly libraryName: string;
  readonly accessLog: LogGroup;
  private readonly session: MethodOptions;
  private readonly bodies: ReadonlyMap<ModelName, MethodOptions>;

  constructor(scope: Construct, id: string, { storage, table }: { readonly storage: Storage; readonly table: Table }) {
    super(scope, id);
    this.signingKey = new Secret(this, "SigningKey", {
      description: "Signs Nebula's session tokens (HMAC-SHA256)",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const functions = new ApiFunctions(this, "Functions", { storage, table, signingKey: this.signingKey });
    this.accessLog = new LogGroup(this, "AccessLog", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.restApi = this.newRestApi();
    addRefusals(this.restApi);
    this.bodies = this.bodyOptions();
    this.session = {
      authorizationType: AuthorizationType.CUSTOM,
      authorizer: new TokenAuthorizer(this, "Token", {
        handler: functions.authorizer,
        validationRegex: "^Bearer [-_A-Za-z0-9]+\\.[-_A-Za-z0-9]+\\.[-_A-Za-z0-9]+$",
        resultsCacheTtl: Duration.minutes(1),
      }),
    };
    this.publicRoutes(functions);
    this.libraryRoutes(functions.library);
    this.partnerKey = this.partnerRoute(functions.partner);
    const partnerRole = functions.partner.role;
    if (partnerRole === undefined) throw new Error("The partner function has no role");
    this.libraryName = functions.library.functionName;
    this.partnerRoleArn = partnerRole.roleArn;
  }

  private newRestApi(): RestApi {
    return new RestApi(this, "Rest", {
      restApiName: "nebula",
      description: "Nebula's API",
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.DESTROY,
      deployOptions: {
        stageName: "live",
        throttlingRateLimit: 200,
        throttlingBurstLimit: 400,
        accessLogDestination: new LogGroupLogDestination(this.accessLog),
        accessLogFormat: accessLogLine,
      },
    });
  }

  private bodyOptions(): ReadonlyMap<ModelName, MethodOptions> {
    const restApi = this.restApi as IRestApi; // The CDK's own classes miss its interfaces under exactOptionalPropertyTypes.
    const requestValidator = new RequestValidator(this, "Body", { restApi, validateRequestBody: true });
    const options = Object.entries(models).map(([name, schema]) => {
      const model = new Model(this, `${name}Model`, {
        restApi,
        modelName: name,
        contentType: "application/json",
        schema,
      });
      return [name as ModelName, { requestValidator, requestModels: { "application/json": model } }] as const;
    });
    return new Map(options);
  }

  /** A resource that web pages call: it answers preflights. */
  private path(parent: IResource, ...parts: string[]): IResource {
    const resource = parts.reduce((at, part) => at.getResource(part) ?? at.addResource(part), parent);
    resource.addCorsPreflight({
      allowOrigins: Cors.ALL_ORIGINS,
      allowHeaders: ["Content-Type", "Authorization"],
      maxAge: Duration.hours(1),
    });
    return resource;
  }

  private publicRoutes({ sessions, shares }: ApiFunctions): void {
    const { root } = this.restApi;
    const signIn = integration(sessions);
    this.path(root, "sessions").addMethod("POST", signIn, { ...this.bodies.get("Session") });
    this.path(root, "welcome").addMethod("GET", signIn);
    this.path(root, "shares", "{shareId}").addMethod("GET", integration(shares));
  }

  private libraryRoutes(library: IFunction): void {
    const { root } = this.restApi;
    const target = integration(library);
    const add = (resource: IResource, method: string, model?: ModelName) =>
      resource.addMethod(method, target, { ...this.session, ...(model === undefined ? {} : this.bodies.get(model)) });

    const albums = this.path(root, "albums");
    add(albums, "GET");
    add(albums, "POST", "Album");
    const album = this.path(albums, "{albumId}");
    add(album, "GET");
    add(album, "PUT", "Album");
    add(album, "DELETE");
    const photos = this.path(album, "photos");
    add(photos, "GET");
    add(photos, "POST", "Photo");
    const photo = this.path(photos, "{photoId}");
    add(photo, "GET");
    add(photo, "PUT", "Caption");
    add(photo, "DELETE");
    add(this.path(photo, "shares"), "POST", "Share");
    add(this.path(root, "photos"), "GET");
    add(this.path(root, "statistics"), "GET");
    const imports = this.path(root, "imports");
    add(imports, "POST", "Import");
    add(this.path(imports, "{importId}"), "GET");
  }

  private partnerRoute(partner: IFunction): IApiKey {
    const totals = this.restApi.root.addResource("partner").addResource("statistics");
    totals.addMethod("GET", integration(partner), { apiKeyRequired: true });
    const key = this.restApi.addApiKey("PartnerKey", { description: "For Nebula's partners" });
    const plan = this.restApi.addUsagePlan("PartnerPlan", {
      description: "What a partner may use",
      throttle: { rateLimit: 20, burstLimit: 40 },
      quota: { limit: 10_000, period: Period.DAY },
      apiStages: [{ api: this.restApi as IRestApi, stage: this.restApi.deploymentStage }],
    });
    plan.addApiKey(key);
    return key;
  }
}

function integration(handler: IFunction): LambdaIntegration {
  return new LambdaIntegration(handler, { scopePermissionToMethod: false });
}
