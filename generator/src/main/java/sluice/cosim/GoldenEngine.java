package sluice.cosim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.golden.DecodeResult;
import sluice.golden.DecodeStep;
import sluice.golden.HeadCache;
import sluice.golden.MatrixHeadCache;
import sluice.tensor.HalfMatrix;

/** Decodes on the golden model. */
public final class GoldenEngine implements Engine {

  @Override
  public List<JobOutcome> decode(DecodeRequest request) {
    HeadCache cache = new MatrixHeadCache(request.keys(), request.values(), request.calibration());
    DecodeStep step = new DecodeStep(request.config());
    List<JobOutcome> outcomes = new ArrayList<>();
    for (int job = 0; job < request.jobs(); job++) {
      HalfMatrix query = request.query(job);
      short[][] rows = new short[query.rows()][];
      for (int g = 0; g < rows.length; g++) {
        rows[g] = query.row(g);
      }
      DecodeResult result = step.run(rows, cache, request.calibration(), request.parameters());
      outcomes.add(
          new JobOutcome(
              result.outputs(), result.selected(), result.skipped(), result.status(), Map.of()));
    }
    return outcomes;
  }
}
