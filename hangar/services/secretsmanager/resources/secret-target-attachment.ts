// AWS::SecretsManager::SecretTargetAttachment: writes where the database is into its secret.

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";

export const secretTargetAttachment: ResourceType = {
  type: "AWS::SecretsManager::SecretTargetAttachment",
  properties: ["SecretId", "TargetId", "TargetType"],
  async create(properties, context) {
    await attach(properties, context);
    const id = String(properties["SecretId"]);
    return { id, ref: id, attributes: { Id: id } };
  },
  async update(state, properties, _previous, context) {
    await attach(properties, context);
    return state;
  },
  async delete() {
    // The connection facts stay in the secret, as on AWS until its next value.
  },
};

type Instance = {
  readonly Engine: string;
  readonly DBInstanceIdentifier: string;
  readonly DBName?: string;
  readonly Endpoint: { readonly Address: string; readonly Port: number };
};
type Cluster = {
  readonly Engine: string;
  readonly DBClusterIdentifier: string;
  readonly DatabaseName?: string;
  readonly Endpoint: string;
  readonly Port: number;
};

async function attach({ SecretId, TargetId, TargetType }: Properties, context: ResourceContext): Promise<void> {
  const connection = await connectionOf(String(TargetType), String(TargetId), context);
  const { SecretString } = await context.call("secretsmanager", "GetSecretValue", { SecretId });
  const present = JSON.parse(String(SecretString)) as Record<string, unknown>;
  await context.call("secretsmanager", "PutSecretValue", {
    SecretId,
    SecretString: JSON.stringify({ ...present, ...connection }),
    ClientRequestToken: context.context.ids.uuid(),
  });
}

async function connectionOf(type: string, id: string, context: ResourceContext): Promise<Record<string, unknown>> {
  if (type === "AWS::RDS::DBInstance") {
    const { DBInstances } = await context.call("rds", "DescribeDBInstances", { DBInstanceIdentifier: id });
    const [found] = DBInstances as readonly [Instance];
    return {
      engine: found.Engine,
      host: found.Endpoint.Address,
      port: found.Endpoint.Port,
      ...(found.DBName === undefined ? {} : { dbname: found.DBName }),
      dbInstanceIdentifier: found.DBInstanceIdentifier,
    };
  }
  if (type === "AWS::RDS::DBCluster") {
    const { DBClusters } = await context.call("rds", "DescribeDBClusters", { DBClusterIdentifier: id });
    const [found] = DBClusters as readonly [Cluster];
    return {
      engine: found.Engine,
      host: found.Endpoint,
      port: found.Port,
      ...(found.DatabaseName === undefined ? {} : { dbname: found.DatabaseName }),
      dbClusterIdentifier: found.DBClusterIdentifier,
    };
  }
  throw notEmulated(`secret attachments to ${type}`);
}
