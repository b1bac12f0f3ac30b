// The functions behind the API, each with no more than its routes need.
import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import type { Storage } from "./storage.ts";
import { TypeScriptHandler } from "./typescript-handler.ts";

export type ApiFunctionsProps = { readonly storage: Storage; readonly table: Table; readonly signingKey: Secret };

const motd = "/nebula/motd";
const demoUser = "/nebula/demo-user";

export class ApiFunctions extends Construct {
  readonly library: TypeScriptHandler;
  readonly sessions: TypeScriptHandler;
  readonly shares: TypeScriptHandler;
  readonly partner: TypeScriptHandler;
  readonly authorizer: TypeScriptHandler;

  constructor(scope: Construct, id: string, props: ApiFunctionsProps) {
    super(scope, id);
    this.library = this.libraryFunction(props);
    this.sessions = this.sessionsFunction(props);
    this.shares = this.sharesFunction(props);
    this.partner = this.partnerFunction(props);
    this.authorizer = new TypeScriptHandler(this, "Authorizer", {
      handler: "authorizer",
      description: "Checks the signature of a session token",
      environment: { SIGNING_KEY: props.signingKey.secretArn },
    });
    props.signingKey.grantRead(this.authorizer);
  }

  private libraryFunction({ storage, table, signingKey }: ApiFunctionsProps): TypeScriptHandler {
    const library = new TypeScriptHandler(this, "Library", {
      handler: "library",
      description: "Albums, photos, share links and imports of the signed-in user",
      memorySize: 512,
      timeout: Duration.seconds(20),
      environment: {
        TABLE: table.tableName,
        UPLOADS: storage.uploads.bucketName,
        THUMBNAILS: storage.thumbnails.bucketName,
        SIGNING_KEY: signingKey.secretArn,
      },
    });
    table.grant(
      library,
      ...["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"].map((action) => `dynamodb:${action}`),
    );
    for (const prefix of ["incoming/*", "imports/*"]) storage.uploads.grantPut(library, prefix);
    for (const prefix of ["photos/*", "converted/*"]) storage.uploads.grantRead(library, prefix);
    for (const prefix of ["incoming/*", "photos/*"]) storage.uploads.grantDelete(library, prefix);
    storage.thumbnails.grantRead(library);
    storage.thumbnails.grantDelete(library);
    signingKey.grantRead(library);
    return library;
  }

  private sessionsFunction({ table, signingKey }: ApiFunctionsProps): TypeScriptHandler {
    const sessions = new TypeScriptHandler(this, "Sessions", {
      handler: "sessions",
      description: "Signs users in, and greets them",
      // scrypt is meant to be slow: a larger function has the processor for it.
      memorySize: 1024,
      environment: { TABLE: table.tableName, SIGNING_KEY: signingKey.secretArn, MOTD: motd, DEMO_USER: demoUser },
    });
    table.grant(sessions, "dynamodb:GetItem");
    signingKey.grantRead(sessions);
    for (const name of [motd, demoUser]) {
      StringParameter.fromStringParameterName(this, name.slice("/nebula/".length), name).grantRead(sessions);
    }
    return sessions;
  }

  private sharesFunction({ storage, table }: ApiFunctionsProps): TypeScriptHandler {
    const shares = new TypeScriptHandler(this, "Shares", {
      handler: "shares",
      description: "Opens a share link for anybody who has it",
      environment: {
        TABLE: table.tableName,
        UPLOADS: storage.uploads.bucketName,
        THUMBNAILS: storage.thumbnails.bucketName,
      },
    });
    table.grant(shares, "dynamodb:GetItem");
    storage.uploads.grantRead(shares, "photos/*");
    storage.thumbnails.grantRead(shares);
    return shares;
  }

  private partnerFunction({ table }: ApiFunctionsProps): TypeScriptHandler {
    const partner = new TypeScriptHandler(this, "Partner", {
      handler: "partner",
      description: "The totals, for partners with an API key",
      environment: { TABLE: table.tableName },
    });
    table.grant(partner, "dynamodb:GetItem");
    return partner;
  }
}
