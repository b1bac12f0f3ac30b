// Custom::Trigger, Custom::VpcRestrictDefaultSG and Custom::AWSCDKOpenIdConnectProvider: one or two calls each.

import { bytesOf, listAt, textAt, unless, type CallApi, type NativeCustom } from "./native-custom.ts";

export const trigger: NativeCustom = async (request, call) => {
  if (request.type !== "Delete") {
    const waits = textAt(request.properties, "InvocationType") !== "Event";
    const answer = await call("lambda", "Invoke", {
      FunctionName: textAt(request.properties, "HandlerArn"),
      InvocationType: waits ? "RequestResponse" : "Event",
    });
    if (answer["FunctionError"] !== undefined)
      throw new Error(`Trigger handler failed: ${new TextDecoder().decode(await bytesOf(answer["Payload"]))}`);
  }
  return { physicalId: request.physicalId ?? request.uniqueId(), data: {} };
};

export const restrictDefaultSecurityGroup: NativeCustom = async (request, call) => {
  const before = textAt(request.previous, "DefaultSecurityGroupId");
  const now = textAt(request.properties, "DefaultSecurityGroupId");
  const account = textAt(request.properties, "Account");
  if (request.type === "Create") await revoke(now, account, call);
  else if (request.type === "Update" && before !== now) {
    await authorize(before, account, call);
    await revoke(now, account, call);
  } else if (request.type === "Delete") await authorize(now, account, call);
  return { physicalId: request.physicalId ?? request.uniqueId(), data: {} };
};

function ingress(group: string, account: string): readonly unknown[] {
  return [{ UserIdGroupPairs: [{ UserId: account, GroupId: group }], IpProtocol: "-1" }];
}

const EGRESS = [{ IpRanges: [{ CidrIp: "0.0.0.0/0" }], IpProtocol: "-1" }];

async function revoke(group: string, account: string, call: CallApi): Promise<void> {
  await unless(/^InvalidPermission\.NotFound$/, () =>
    call("ec2", "RevokeSecurityGroupEgress", { GroupId: group, IpPermissions: EGRESS }),
  );
  await unless(/^InvalidPermission\.NotFound$/, () =>
    call("ec2", "RevokeSecurityGroupIngress", { GroupId: group, IpPermissions: ingress(group, account) }),
  );
}

async function authorize(group: string, account: string, call: CallApi): Promise<void> {
  await unless(/^InvalidGroup\.NotFound$|^InvalidPermission\.Duplicate$/, () =>
    call("ec2", "AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: ingress(group, account) }),
  );
  await unless(/^InvalidGroup\.NotFound$|^InvalidPermission\.Duplicate$/, () =>
    call("ec2", "AuthorizeSecurityGroupEgress", { GroupId: group, IpPermissions: EGRESS }),
  );
}

export const openIdConnectProvider: NativeCustom = async (request, call) => {
  const { properties } = request;
  const url = textAt(properties, "Url");
  const changes = {
    ClientIDList: listAt(properties, "ClientIDList"),
    ThumbprintList: listAt(properties, "ThumbprintList"),
  };
  if (request.type === "Delete") {
    await unless(/^NoSuchEntity/, () =>
      call("iam", "DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn: request.physicalId ?? "" }),
    );
    return { physicalId: request.physicalId ?? "", data: {} };
  }
  if (request.type === "Update" && textAt(request.previous, "Url") === url) {
    const arn = request.physicalId ?? "";
    await call("iam", "UpdateOpenIDConnectProviderThumbprint", {
      OpenIDConnectProviderArn: arn,
      ThumbprintList: changes.ThumbprintList,
    });
    return { physicalId: arn, data: { Thumbprints: JSON.stringify(changes.ThumbprintList) } };
  }
  const created = await call("iam", "CreateOpenIDConnectProvider", { Url: url, ...changes });
  return {
    physicalId: textAt(created, "OpenIDConnectProviderArn"),
    data: { Thumbprints: JSON.stringify(changes.ThumbprintList) },
  };
};
