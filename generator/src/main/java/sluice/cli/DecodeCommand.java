package sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import sluice.config.NamedConfig;
import sluice.cosim.DecodeRequest;
import sluice.cosim.Engine;
import sluice.cosim.JobOutcome;

/** {@code decode}: attention over one's own tensors. */
@Command(
    name = "decode",
    description = {
      "Decodes queries over a sequence of keys and values: on the golden model, on the accelerator"
          + " in the JVM simulator, or on its emitted Verilog under Verilator. All give the same"
          + " bits.",
      "Tensors are NumPy files of FP16: q is [queries, d], taken G rows at a time, each group one"
          + " decode job; k and v are [tokens, d]."
    },
    footer = {
      "",
      "Examples:",
      "  decode --q q.npy --k k.npy --v v.npy --budget 128 --out out.npy",
      "  decode --engine verilator --set channels=4 --pool 3 --skip 64 --budget 128 \\",
      "      --q q.npy --k k.npy --v v.npy --out out.npy --selected sel.npy --stats stats.json"
    })
final class DecodeCommand implements Callable<Integer> {
  private static final String DEFAULT_CONFIG = "trace";

  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Mixin private DecodeInputs inputs = new DecodeInputs();

  @Mixin private EngineOptions engineOptions = new EngineOptions();

  @Mixin private DecodeOutputs outputs = new DecodeOutputs();

  @Override
  public Integer call() throws IOException {
    NamedConfig named = configOptions.read(DEFAULT_CONFIG);
    try (OutputFiles files = new OutputFiles()) {
      outputs.announce(files);
      DecodeRequest request = inputs.read(named.config());
      Engine engine = engineOptions.engine(named.config());
      List<JobOutcome> outcomes = engine.decode(request);
      outputs.write(files, named.name(), engineOptions.name(), request, outcomes);
      files.commit();
      PrintWriter console = spec.commandLine().getOut();
      console.printf(
          "%d jobs over %d tokens on %s (%s)%n",
          outcomes.size(), request.keys().rows(), engineOptions.name(), named.name());
      console.flush();
    }
    return 0;
  }
}
