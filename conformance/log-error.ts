/** A folder or file that cannot be checked, as opposed to one that contradicts the rules. The message is one sentence. */
export class LogError extends Error {
  override readonly name = 'LogError';
}
