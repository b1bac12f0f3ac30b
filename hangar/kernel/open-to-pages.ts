// Headers of answers that pages of every origin may read: Cognito's calls are made by browsers.

export const OPEN_TO_PAGES = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
} as const;
