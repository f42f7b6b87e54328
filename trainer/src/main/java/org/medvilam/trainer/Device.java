package org.medvilam.trainer;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.medvilam.trainer.onnx.OnnxRuntime;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What an engine computes on.
 *
 * @param name what it is called
 * @param capability ten times a CUDA device's compute capability, such as 86; 0 for a processor
 * @param bytes its memory; 0 where that is not known
 */
record Device(String name, int capability, long bytes) {
  /** The oldest and the newest machine code in ND4J's library for CUDA 11.6, as it stands. */
  private static final int ND4J_FIRST = 37;

  private static final int ND4J_BEYOND = 90;

  /** Returns what an engine that was chosen computes on. */
  static Device of(Engine engine) {
    if (engine == Engine.ND4J && nd4jOnCuda()) {
      return ofNd4j(Nd4j.getExecutioner().getEnvironmentInformation());
    }
    if (engine == Engine.ONNX && OnnxRuntime.hasCuda()) {
      return NvidiaSmi.device().orElse(new Device("a CUDA device", 0, 0));
    }
    return new Device("the CPU", 0, processorMemory());
  }

  /** Tells whether the library for arrays is the one for CUDA. */
  static boolean nd4jOnCuda() {
    return Nd4j.getExecutioner().type() == ExecutionerType.CUDA;
  }

  /**
   * Checks that the library for arrays can compute here, which every engine needs.
   *
   * @throws IllegalStateException if it is the one for CUDA and has no code for this device
   */
  static void checkArrays() {
    if (!nd4jOnCuda()) {
      return;
    }
    Optional<String> problem = of(Engine.ND4J).problemForNd4j();
    if (problem.isPresent()) {
      throw new IllegalStateException(problem.get());
    }
  }

  /** Returns the first device that the library for arrays reports. */
  static Device ofNd4j(Properties environment) {
    if (environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> devices
        && !devices.isEmpty()
        && devices.get(0) instanceof Map<?, ?> first) {
      long major = number(first, Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY);
      long minor = number(first, Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY);
      return new Device(
          String.valueOf(first.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)),
          Math.toIntExact(10 * major + minor),
          number(first, Nd4jEnvironment.CUDA_TOTAL_MEMORY_KEY));
    }
    return new Device("a CUDA device", 0, 0);
  }

  private static long number(Map<?, ?> values, String key) {
    return values.get(key) instanceof Number number ? number.longValue() : 0;
  }

  private static long processorMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  /**
   * Says why ND4J cannot compute here: its library holds machine code for compute capabilities 3.7
   * to 8.6, which 8.9 runs as well, and nothing that a newer device could translate.
   */
  Optional<String> problemForNd4j() {
    if (capability == 0 || (capability >= ND4J_FIRST && capability < ND4J_BEYOND)) {
      return Optional.empty();
    }
    return Optional.of(
        "ND4J's library for CUDA 11.6 has no code for %s of compute capability %d.%d, only for 3.7"
                .formatted(name, capability / 10, capability % 10)
            + " to 8.9; build with -Dcuda12 in place of -Dcuda, and --engine onnx uses the device");
  }

  /** Says what it is and how much memory it has, and which part of that may be used. */
  String description() {
    List<String> facts = new ArrayList<>();
    if (capability > 0) {
      facts.add("sm_" + capability);
    }
    if (bytes > 0) {
      facts.add(size(bytes) + " of memory");
      long limit = capability == 0 ? FreeMemory.limit() : Long.MAX_VALUE;
      if (limit < bytes) {
        facts.add("of which it may use " + size(limit));
      }
    }
    return facts.isEmpty() ? name : name + " (" + String.join(", ", facts) + ")";
  }

  /** Writes a number of bytes as people read it. */
  static String size(long bytes) {
    return bytes < 1e9
        ? String.format(Locale.ROOT, bytes < 1e8 ? "%.1f MB" : "%.0f MB", bytes * 1e-6)
        : String.format(Locale.ROOT, "%.1f GB", bytes * 1e-9);
  }
}
