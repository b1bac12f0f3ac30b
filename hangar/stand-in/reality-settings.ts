// What a cloud may have of a real account's slowness: none of it unless it is asked for.

export type RealitySettings = {
  /** How late what AWS documents as eventually consistent may be seen: "5 seconds", or milliseconds. */
  readonly consistency?: string | number | undefined;
  /** Stacks' resources, functions and tables take AWS's time, on the world's clock. */
  readonly stateTimes?: boolean | undefined;
  /** Calls beyond AWS's default rates are refused. */
  readonly throttling?: boolean | undefined;
};
