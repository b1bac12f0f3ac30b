// startCloud() from CommonJS, through require() of an ES module.
const { startCloud } = require("hangar");

void startCloud({ listen: false }).then(async (cloud) => {
  console.log(cloud.account, cloud.fork("child").region);
  await cloud.close();
});
