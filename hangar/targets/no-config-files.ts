// For child processes: no file of this machine's user tells an AWS SDK whose keys to use or where to call.

import { devNull } from "node:os";

export const NO_CONFIG_FILES = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull } as const;
