package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Pointer;

/** What this process may still take of the machine's memory, by the narrowest of its limits. */
final class FreeMemory {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MACHINE = Path.of("/proc/meminfo");
  private static final Pattern SPACE = Pattern.compile("Max address space +(\\d+)");
  private static final Pattern SIZE = Pattern.compile("VmSize:\\s+(\\d+) kB");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
  private static final long KIBI = 1024;

  private FreeMemory() {}

  /** Returns the bytes that arrays may still take; what the system does not tell limits nothing. */
  static long bytes() {
    long machine = find(MACHINE, AVAILABLE, KIBI, Long.MAX_VALUE);
    long arrays = limit() == Long.MAX_VALUE ? limit() : limit() - Pointer.physicalBytes();
    long space = find(LIMITS, SPACE, 1, Long.MAX_VALUE);
    long addresses = space == Long.MAX_VALUE ? space : space - find(STATUS, SIZE, KIBI, 0);
    return Math.max(0, Math.min(machine, Math.min(arrays, addresses)));
  }

  /**
   * Returns the most memory that the process may take before the library of arrays refuses to make
   * more of them: four times the heap's limit, where no option says otherwise.
   */
  static long limit() {
    long limit = Pointer.maxPhysicalBytes();
    return limit > 0 ? limit : Long.MAX_VALUE;
  }

  private static long find(Path file, Pattern pattern, long unit, long otherwise) {
    try {
      Matcher found = pattern.matcher(Files.readString(file));
      return found.find() ? Long.parseLong(found.group(1)) * unit : otherwise;
    } catch (IOException | NumberFormatException e) {
      return otherwise;
    }
  }
}
