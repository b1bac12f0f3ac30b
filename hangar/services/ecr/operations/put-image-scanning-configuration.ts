// Says whether images would be scanned when pushed. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html

import type { PutImageScanningConfigurationInput, PutImageScanningConfigurationOutput } from "../../../models/ecr.d.ts";
import { operation, repositoryAt } from "../store.ts";

export const putImageScanningConfiguration = operation<
  PutImageScanningConfigurationInput,
  PutImageScanningConfigurationOutput
>((input, context) => {
  const repository = repositoryAt(input.repositoryName, context);
  const scanOnPush = input.imageScanningConfiguration.scanOnPush ?? false;
  context.store.repositories.put(repository.name, { ...repository, scanOnPush });
  return {
    registryId: context.account,
    repositoryName: repository.name,
    imageScanningConfiguration: { scanOnPush },
  };
});
