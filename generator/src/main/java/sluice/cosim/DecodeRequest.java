package sluice.cosim;

import sluice.config.AcceleratorConfig;
import sluice.golden.Calibration;
import sluice.layout.DecodeParameters;
import sluice.tensor.HalfMatrix;

/**
 * A sequence, and queries to decode over it: G rows of queries at a time are one job.
 *
 * @param config the accelerator
 * @param queries [jobs * G][d]
 * @param keys [tokens][d]
 * @param values [tokens][d]
 * @param calibration of the one KV head
 * @param parameters of every job
 */
public record DecodeRequest(
    AcceleratorConfig config,
    HalfMatrix queries,
    HalfMatrix keys,
    HalfMatrix values,
    Calibration calibration,
    DecodeParameters parameters) {

  /** Decode jobs. */
  public int jobs() {
    return queries.rows() / config.groupQueries();
  }

  /** The query of a job, [G][d]. */
  public HalfMatrix query(int job) {
    int group = config.groupQueries();
    return queries.rows(job * group, (job + 1) * group);
  }
}
