// Outputs of the deployed app, written by hangar/vitest/setup. Name this file in tsconfig.json's "include".
import "hangar/vitest";

declare module "hangar/vitest" {
  interface StackOutputs {
    readonly ApiEndpoint4F160690: string;
    readonly ApiUrl: string;
    readonly Count: string;
    readonly FailedQueue: string;
    readonly KeepOrder: string;
    readonly KeepOrderRole: string;
    readonly Orders: string;
    readonly PlacedQueue: string;
    readonly Receipts: string;
  }
}
