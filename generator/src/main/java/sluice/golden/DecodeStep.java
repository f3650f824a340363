package sluice.golden;

import java.util.stream.IntStream;
import sluice.config.AcceleratorConfig;
import sluice.layout.DecodeParameters;
import sluice.layout.Status;

/**
 * One attention decode step of one KV head.
 *
 * @param config the accelerator
 */
public record DecodeStep(AcceleratorConfig config) {

  /**
   * Computes the outputs.
   *
   * @param query halves [G][d]
   * @param cache the KV cache; its tokens are the step's
   * @param calibration the KV head's
   * @param parameters those that {@link JobCheck} accepts; {@code tokens} equals the cache's
   * @throws IllegalArgumentException if a shape does not fit
   */
  public DecodeResult run(
      short[][] query, HeadCache cache, Calibration calibration, DecodeParameters parameters) {
    if (query.length != config.groupQueries() || query[0].length != config.headDim()) {
      throw new IllegalArgumentException(
          "the query is "
              + query.length
              + " x "
              + query[0].length
              + "; needed is "
              + config.groupQueries()
              + " x "
              + config.headDim());
    }
    if (cache.tokens() != parameters.tokens()) {
      throw new IllegalArgumentException(
          "the cache has " + cache.tokens() + " tokens, the job " + parameters.tokens());
    }
    int[] selected =
        parameters.isDense()
            ? IntStream.range(0, cache.tokens()).toArray()
            : select(query, cache, calibration, parameters).tokens();
    return attend(query, cache, selected, parameters);
  }

  /** The tokens that the step reads. */
  public Selection select(
      short[][] query, HeadCache cache, Calibration calibration, DecodeParameters parameters) {
    int[][] queryCodes = new int[query.length][];
    for (int g = 0; g < query.length; g++) {
      queryCodes[g] = QueryCodes.encode(query[g], calibration, config.queryBits());
    }
    Prediction prediction = new Prediction(queryCodes, config.thresholds());
    int[] scores = new int[cache.tokens()];
    for (int t = 0; t < scores.length; t++) {
      scores[t] = prediction.score(cache.codes(t));
    }
    Selection.Buckets buckets =
        Selection.Buckets.covering(prediction.lo(), prediction.hi(), config.buckets());
    int[] bucket = Pooling.pool(scores, parameters.window());
    for (int t = 0; t < bucket.length; t++) {
      bucket[t] = buckets.of(bucket[t]);
    }
    return Selection.select(
        bucket, config.buckets(), parameters.budget(), parameters.sink(), parameters.recent());
  }

  /** Attention over given tokens. */
  private DecodeResult attend(
      short[][] query, HeadCache cache, int[] selected, DecodeParameters parameters) {
    boolean invalidKey = false;
    int[][] scores = new int[query.length][selected.length];
    for (int s = 0; s < selected.length; s++) {
      short[] key = cache.key(selected[s]);
      invalidKey |= !Half.finite(key);
      for (int g = 0; g < query.length; g++) {
        scores[g][s] = Scores.score(query[g], key, parameters.factor());
      }
    }
    int[][] weights = new int[query.length][];
    Output[] outputs = new Output[query.length];
    for (int g = 0; g < query.length; g++) {
      weights[g] = Weights.of(scores[g], parameters.skip());
      outputs[g] = new Output(config.headDim());
    }
    int skipped = 0;
    for (int s = 0; s < selected.length; s++) {
      if (allZero(weights, s)) {
        skipped++;
        continue;
      }
      short[] value = cache.value(selected[s]);
      for (int g = 0; g < query.length; g++) {
        outputs[g].add(weights[g][s], value);
      }
    }
    boolean invalid = invalidKey;
    short[][] halves = new short[query.length][];
    for (int g = 0; g < query.length; g++) {
      boolean nan = invalidKey || !Half.finite(query[g]);
      invalid |= nan || outputs[g].invalid();
      halves[g] = nan ? Output.nan(config.headDim()) : outputs[g].halves();
    }
    return new DecodeResult(
        halves, selected, skipped, invalid ? Status.INVALID_OPERAND : Status.OK);
  }

  private static boolean allZero(int[][] weights, int s) {
    for (int[] ofHead : weights) {
      if (ofHead[s] != 0) {
        return false;
      }
    }
    return true;
  }
}
