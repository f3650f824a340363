package sluice.accel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import sluice.hdl.Module;

/**
 * Marks a class of tests of blocks, which run on every engine; {@code BlockTestsTest} sees to it
 * that every block has one.
 */
@Tag("block")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface BlockTest {

  /** The blocks that are tested, each as the top of a simulation. */
  Class<? extends Module>[] value();
}
