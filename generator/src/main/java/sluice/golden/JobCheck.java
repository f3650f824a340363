package sluice.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import sluice.config.AcceleratorConfig;
import sluice.layout.AppendJob;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DecodeParameters;
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;
import sluice.layout.Job;
import sluice.layout.Status;

/**
 * The checks before a job starts, in the order of {@link Status#CHECK_ORDER}. That opcode and mode
 * are known has been checked when there is a {@link Job}.
 *
 * @param config the accelerator
 */
public record JobCheck(AcceleratorConfig config) {

  /** A pointer and the bytes that it covers. */
  private record Extent(long pointer, long bytes) {}

  /** The first reason to refuse a job, pointers aside; OK if there is none. */
  public Status parameters(Job job) {
    boolean nothingToAppend = job instanceof AppendJob append && append.appended() == 0;
    if (job.tokens() == 0 || nothingToAppend || job.heads().count() == 0) {
      return Status.EMPTY;
    }
    if (job.heads().end() > config.kvHeads()) {
      return Status.HEADS;
    }
    boolean tooManyAppended = job instanceof AppendJob append && append.appended() > job.tokens();
    if (job.tokens() > config.context() || tooManyAppended) {
      return Status.CONTEXT;
    }
    return job instanceof DecodeJob decode ? step(decode.parameters()) : Status.OK;
  }

  /** The first reason to refuse a decode step of one KV head; OK if there is none. */
  public Status parameters(DecodeParameters parameters) {
    if (parameters.tokens() == 0) {
      return Status.EMPTY;
    }
    return parameters.tokens() > config.context() ? Status.CONTEXT : step(parameters);
  }

  private Status step(DecodeParameters parameters) {
    boolean tooMany =
        parameters.isDense()
            ? parameters.tokens() > config.denseTokens()
            : parameters.sink() + parameters.recent() + parameters.budget() > config.maxSelected();
    if (tooMany) {
      return Status.CAPACITY;
    }
    if (!parameters.isDense() && !DecodeParameters.isWindow(parameters.window())) {
      return Status.WINDOW;
    }
    if (!DecodeParameters.isFactor(parameters.factor())) {
      return Status.FACTOR;
    }
    return parameters.skip() > DecodeParameters.MAX_SKIP ? Status.SKIP : Status.OK;
  }

  /**
   * The first pointer of a job, in the order of the descriptor's words, that its window does not
   * allow.
   *
   * @param job one that {@link #parameters(Job)} accepts
   */
  public OptionalLong forbiddenPointer(Job job, HostWindow window) {
    for (Extent extent : extents(job)) {
      if (!window.allows(extent.pointer, extent.bytes)) {
        return OptionalLong.of(extent.pointer);
      }
    }
    return OptionalLong.empty();
  }

  /** What the job uses of host memory, in the order of the descriptor's words. */
  private List<Extent> extents(Job job) {
    HostLayout layout = new HostLayout(config);
    int tokens = (int) job.tokens();
    int heads = job.heads().count();
    List<Extent> extents = new ArrayList<>();
    extents.add(new Extent(job.blockTable(), layout.blockTableBytes(tokens)));
    if (job instanceof DecodeJob decode) {
      extents.add(new Extent(decode.query(), layout.queryBytes(heads)));
      extents.add(new Extent(decode.output(), layout.queryBytes(heads)));
    } else if (job instanceof AppendJob append) {
      long bytes = layout.appendBytes((int) append.appended(), heads);
      extents.add(new Extent(append.keys(), bytes));
      extents.add(new Extent(append.values(), bytes));
    }
    extents.add(new Extent(job.headTable(), new HeadTableLayout(config).bytes(job.heads())));
    if (job instanceof DecodeJob decode && decode.bitmap() != 0) {
      extents.add(new Extent(decode.bitmap(), layout.bitmapsBytes(heads)));
    }
    extents.add(new Extent(job.completion(), CompletionLayout.BYTES));
    return extents;
  }
}
