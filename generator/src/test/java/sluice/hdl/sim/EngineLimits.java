package sluice.hdl.sim;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** A test that looks at what the engine in use does not show is skipped, and says so. */
public final class EngineLimits implements TestExecutionExceptionHandler {

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotObservableException) {
        throw new TestAbortedException(cause.getMessage(), thrown);
      }
    }
    throw thrown;
  }
}
