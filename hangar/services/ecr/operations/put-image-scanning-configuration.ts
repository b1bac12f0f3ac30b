// Says whether images would be scanned when pushed. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html

import type { PutImageScanningConfigurationInput, PutImageScanningConfigurationOutput } from "../../../models/ecr.d.ts";
import { operation, placeOf } from "../store.ts";

export const putImageScanningConfiguration = operation<
  PutImageScanningConfigurationInput,
  PutImageScanningConfigurationOutput
>((input, context) => {
  const place = placeOf(input, context);
  const repository = place.repository;
  const scanOnPush = input.imageScanningConfiguration.scanOnPush ?? false;
  place.store.repositories.put(repository.name, { ...repository, scanOnPush });
  return {
    registryId: place.account,
    repositoryName: repository.name,
    imageScanningConfiguration: { scanOnPush },
  };
});
