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
record OverlapRegister(List<Pool> pools) {

  /**
   * Datasets drawn from the same pictures.
   *
   * @param name name of the pool
   * @param members catalogue names of the datasets
   * @param join {@code group} where equal groups are the same patient or study in all members,
   *     {@code picture} where only the pictures themselves can tell
   * @param evidence who says so
   * @param confirmed whether the evidence was read, not remembered
   */
  record Pool(String name, List<String> members, String join, String evidence, boolean confirmed) {

    /** Tells whether groups join the members. */
    boolean joinsByGroup() {
      return join.equals("group");
    }
  }

  /** Reads the register that comes with the toolkit. */
  static OverlapRegister standard() {
    try (InputStream in = OverlapRegister.class.getResourceAsStream("overlaps.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readValue(in, OverlapRegister.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the overlap register", e);
    }
  }

  /** Returns the pools of which a dataset is a member. */
  List<Pool> of(String dataset) {
    return pools.stream().filter(p -> p.members().contains(dataset)).toList();
  }
}
