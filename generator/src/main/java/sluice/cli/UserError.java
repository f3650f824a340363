package sluice.cli;

/**
 * Something that the user can put right. The message says what is wrong and what is allowed; it is
 * shown after {@code error: } without a stack trace, and the command exits with 2.
 */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }
}
