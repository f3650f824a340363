package sluice.hdl.sim;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** A test that looks at what the engine in use does not show is skipped, and says so. */
public final class EngineLimits implements TestExecutionExceptionHandler {

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    if (thrown instanceof NotObservableException) {
      TestAbortedException aborted = new TestAbortedException(thrown.getMessage());
      aborted.initCause(thrown);
      throw aborted;
    }
    throw thrown;
  }
}
