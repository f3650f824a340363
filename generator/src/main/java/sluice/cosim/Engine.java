package sluice.cosim;

import java.io.IOException;
import java.util.List;

/** Something that decodes. All engines give the same outputs and selections, bit for bit. */
public interface Engine {

  /**
   * Decodes every job of a request.
   *
   * @return an outcome a job, in order
   * @throws SimulationException if a simulation fails
   */
  List<JobOutcome> decode(DecodeRequest request) throws IOException;
}
