/** Bad input: the message is one sentence for the user, without a stack trace; the command ends with exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
