package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.golden.JobResult;
import sluice.golden.MemoryImage;
import sluice.layout.AppendJob;
import sluice.layout.DecodeJob;
import sluice.layout.DescriptorLayout;
import sluice.layout.Job;
import sluice.layout.Status;

/** The random jobs are of all the kinds that they are there for. */
class RandomJobsTest {
  private static final int SEEDS = 60;
  private final AcceleratorConfig config = Presets.get("tiny");
  private final TreeMap<String, Integer> seen = new TreeMap<>();

  @Test
  void everyKindOfJobIsThere() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      JobMemory memory = RandomJobs.of(config, seed);
      List<JobResult> results =
          memory
              .golden(memory.host.memory().copy(), memory.cache.copy())
              .run(memory.ring, memory.ringLog2, 0, memory.descriptors().size());
      for (int i = 0; i < results.size(); i++) {
        Job job = DescriptorLayout.decode(memory.descriptors().get(i)).orElseThrow();
        assertThat(results.get(i).status().failed()).isFalse();
        if (job instanceof DecodeJob decode) {
          see(decode, results.get(i));
        } else if (job instanceof AppendJob append) {
          see(append);
        }
        see("all heads", job.heads().count() == config.kvHeads());
        see("last head only", job.heads().first() == 1);
      }
    }
    assertThat(seen).allSatisfy((kind, count) -> assertThat(count).as(kind).isPositive());
  }

  @Test
  void aSeedAlwaysGivesTheSameJobs() {
    MemoryImage first = RandomJobs.of(config, 11).host.memory();
    assertThat(first.firstDifference(RandomJobs.of(config, 11).host.memory())).isEmpty();
    assertThat(first.firstDifference(RandomJobs.of(config, 12).host.memory())).isPresent();
  }

  @Test
  void specialOperandsAreOfAllKinds() {
    java.util.Random random = new java.util.Random(1);
    TreeSet<String> kinds = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      short bits = HalfKind.special(random);
      kinds.add((bits < 0 ? "-" : "+") + ((bits & 0x3FF) == 0 ? "infinity" : "NaN"));
    }
    assertThat(kinds).containsExactlyInAnyOrder("+infinity", "-infinity", "+NaN", "-NaN");
  }

  private void see(String kind, boolean is) {
    seen.merge(kind, is ? 1 : 0, Integer::sum);
  }

  private void see(DecodeJob job, JobResult result) {
    long n = job.parameters().tokens();
    see("decode of one token", n == 1);
    see("decode of the whole context", n == config.context());
    boolean dense = job.parameters().isDense();
    see("dense decode", dense);
    see("dense decode of all tokens allowed", dense && n == config.denseTokens());
    see("dense decode without bitmap", dense && job.bitmap() == 0);
    see("dense decode with an invalid operand", dense && result.status() == Status.INVALID_OPERAND);
    see("dense decode that skips values", dense && result.skipped() > 0);
    if (dense) {
      assertThat(result.selected()).isEqualTo(n * job.heads().count());
      return;
    }
    see("budget 0", job.parameters().budget() == 0);
    see("budget above n", job.parameters().budget() > n);
    see("sinks above n", job.parameters().sink() > n);
    see("recents above n", job.parameters().recent() > n);
    see("nothing selected", result.selected() == 0);
    see("full capacity", result.selected() == (long) config.maxSelected() * job.heads().count());
    see("values skipped", result.skipped() > 0);
    see("nothing skipped", result.skipped() == 0);
    see("largest skip threshold", job.parameters().skip() == 65536);
    see("invalid operand", result.status() == Status.INVALID_OPERAND);
    see("without bitmap", job.bitmap() == 0);
    for (int window = 1; window <= 7; window += 2) {
      see("window " + window, job.parameters().window() == window);
    }
  }

  private void see(AppendJob job) {
    see("append of one token", job.appended() == 1);
    see("append of a whole prompt", job.appended() == job.tokens() && job.tokens() > 50);
    see("append to others", job.appended() < job.tokens());
    see("append over a page's end", job.tokens() > 64 && job.tokens() - job.appended() < 64);
  }
}
