// The inputs, outputs, errors and shapes of ApiGatewayManagementApi 2018-11-29, written by `npm run models`.
export type DeleteConnectionRequest = { readonly ConnectionId: string };
export type ForbiddenException = { readonly [member: string]: never };
export type GetConnectionRequest = { readonly ConnectionId: string };
export type GetConnectionResponse = { readonly ConnectedAt?: Date | undefined; readonly Identity?: Identity | undefined; readonly LastActiveAt?: Date | undefined };
export type GoneException = { readonly [member: string]: never };
export type Identity = { readonly SourceIp: string; readonly UserAgent: string };
export type LimitExceededException = { readonly [member: string]: never };
export type PayloadTooLargeException = { readonly Message?: string | undefined };
export type PostToConnectionRequest = { readonly Data: Uint8Array; readonly ConnectionId: string };
export type DeleteConnectionInput = DeleteConnectionRequest;
export type DeleteConnectionOutput = { readonly [member: string]: never };
export type GetConnectionInput = GetConnectionRequest;
export type GetConnectionOutput = GetConnectionResponse;
export type PostToConnectionInput = PostToConnectionRequest;
export type PostToConnectionOutput = { readonly [member: string]: never };
