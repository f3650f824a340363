package sluice.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.netlist.Design;
import sluice.hdl.verilog.VerilogWriter;

/**
 * What an operation of {@link DotProducts} costs, with names and lines from the user's Java and
 * without: while it is built, until it is checked, and until it is written as Verilog.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ElaborationBenchmark {
  private static final String WITHOUT_NAMES = "-Dsluice.hdl.names=off";
  private static final int LINKS = 4;
  private static final int OPERATIONS = LINKS * DotProducts.OPERATIONS;

  @Benchmark
  @Fork(1)
  @OperationsPerInvocation(OPERATIONS)
  public Module build() {
    return new DotProducts(LINKS);
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = WITHOUT_NAMES)
  @OperationsPerInvocation(OPERATIONS)
  public Module buildWithoutNames() {
    return new DotProducts(LINKS);
  }

  @Benchmark
  @Fork(1)
  @OperationsPerInvocation(OPERATIONS)
  public Design elaborate() {
    return Elaborator.elaborate(new DotProducts(LINKS));
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = WITHOUT_NAMES)
  @OperationsPerInvocation(OPERATIONS)
  public Design elaborateWithoutNames() {
    return Elaborator.elaborate(new DotProducts(LINKS));
  }

  @Benchmark
  @Fork(1)
  @OperationsPerInvocation(OPERATIONS)
  public int emit() {
    return new VerilogWriter("").write(Elaborator.elaborate(new DotProducts(LINKS))).size();
  }
}
