package org.medvilam.fewshot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Which public datasets share pictures, with the evidence, read from {@code overlaps.yaml}.
 *
 * @param pools the pools
 */
record OverlapRegister(List<OverlapPool> pools) {
  /** Reads the register that comes with the toolkit. */
  static OverlapRegister standard() {
    try (InputStream in = OverlapRegister.class.getResourceAsStream("overlaps.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readValue(in, OverlapRegister.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the overlap register", e);
    }
  }

  /** Returns the pools of which a dataset is a member. */
  List<OverlapPool> of(String dataset) {
    return pools.stream().filter(p -> p.member(dataset).isPresent()).toList();
  }
}
