// Ten of the forty tests.

import { testsOfOrder } from "./forty.ts";

testsOfOrder("1-a");
testsOfOrder("1-b");
