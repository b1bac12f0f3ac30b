// Which members of a call hold secrets, by their names; what AWS's models call sensitive is far more than what opens a door.

/** Of what a model marks: payloads, descriptions and phone numbers are no secrets here. */
export const MARKED_SECRET =
  /secret|password|token|privatekey|plaintext|customerkey|apikey|assertion|seed|authparameters|challengeresponses|^value$|^variables$/i;
/** Secrets that a model does not mark. */
export const NAMED_SECRET = /password|^secret(string|binary|accesskey)$|^authorization$/i;
