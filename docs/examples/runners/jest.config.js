// Jest's configuration: modules stay modules.
// docs: jest-config
export default { testMatch: ["**/*.jest.test.js"], transform: {}, testTimeout: 30_000 };
