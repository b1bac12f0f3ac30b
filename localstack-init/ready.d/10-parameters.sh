#!/bin/sh
# Seeds what Nebula reads from SSM: the greeting, and the demo user (demo / nebula-demo; the password is kept as its scrypt hash).
set -eu

# LocalStack brings awslocal; elsewhere the AWS CLI finds the endpoint in AWS_ENDPOINT_URL.
if command -v awslocal >/dev/null 2>&1; then aws=awslocal; else aws=aws; fi
export AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-us-east-1}"

"$aws" ssm put-parameter --name /nebula/motd --type String --overwrite \
  --value "Welcome to Nebula. Look around as demo, password nebula-demo."

"$aws" ssm put-parameter --name /nebula/demo-user --type String --overwrite \
  --value '{"user":"demo","password":{"cost":16384,"blockSize":8,"parallelization":1,"salt":"bmVidWxhLWRlbW8tc2FsdA==","hash":"qTyjAaU+5yWacb6xrswM9SHdWBkSVlrmiBnO/Hl3sSk="}}'
