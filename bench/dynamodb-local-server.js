// A peer beside us: AWS's DynamoDB Local, fetched from Maven once. Ends with code 3 where Java or Maven is missing.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../node_modules/.cache/dynamodb-local/", import.meta.url));
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>bench</groupId><artifactId>peer</artifactId><version>1</version><dependencies><dependency>
<groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId><version>3.1.0</version>
</dependency></dependencies></project>`;

if (!existsSync(`${FOLDER}lib`)) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}pom.xml`, POM);
  const copied = spawnSync("mvn", ["-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib"], {
    cwd: FOLDER,
    stdio: ["ignore", 2, 2],
    timeout: 180_000,
  });
  if (copied.status !== 0) process.exit(3);
}

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const main = "software.amazon.dynamodb.services.local.main.ServerRunner";
const java = spawn(
  "java",
  [
    `-Djava.library.path=${FOLDER}lib`,
    "-cp",
    `${FOLDER}lib/*`,
    main,
    "-inMemory",
    "-disableTelemetry",
    "-port",
    String(port),
  ],
  // It leaves a file of its own where it runs.
  { cwd: FOLDER, stdio: "ignore" },
);
java.once("error", () => process.exit(3));
java.once("exit", () => process.exit(3));
process.once("SIGTERM", () => {
  java.removeAllListeners("exit");
  java.once("exit", () => process.exit(0));
  java.kill("SIGKILL");
});
for (;;) {
  const answered = await fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
  if (answered) break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
process.stdout.write(`{"port":${port}}\n`);
