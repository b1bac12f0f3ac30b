// The function of the small app.
exports.handler = async ({ name }) => ({ greeting: `Hello ${name}`, table: process.env.TABLE });
