package org.medvilam.transforms.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's flags for remote storage. */
public final class StoreFlags {
  /** Upload buffers in bytes, one per open file: Beam's are 64 MiB. */
  private static final int BUFFER = 8 << 20;

  private static final List<String> HADOOP_FOLDERS = List.of("HADOOP_CONF_DIR", "YARN_CONF_DIR");

  /** Flags whose values are secrets, or may hold some. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?is)--(SSECustomerKey)\\b.*|.*(StaticCredentialsProvider|accessKeyId|secretAccessKey|\\.password).*");

  private static final Map<List<String>, PipelineOptions> OPTIONS = new ConcurrentHashMap<>();

  private StoreFlags() {}

  /**
   * Refuses flags that hold secrets: others see command lines, and options of jobs are shown.
   *
   * @throws IllegalArgumentException that names the flag and not its value
   */
  public static void refuseSecrets(List<String> flags) {
    for (String flag : flags) {
      if (SECRET.matcher(flag).matches()) {
        throw new IllegalArgumentException(
            "expected no secrets in flags, found some in %s; credentials come from the platform's own chain: environment, profile, or the machine's role"
                .formatted(flag.replaceFirst("(?s)=.*", "")));
      }
    }
  }

  /**
   * Returns flags with what remote storage needs beside them, where they do not say it: upload
   * buffers of 8 MiB; buckets in paths at an S3 {@code --endpoint} of one's own; and a Hadoop
   * configuration, which hosts in URIs complete, where the environment names none.
   */
  public static List<String> complete(List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    add(all, "s3UploadBufferSizeBytes", Integer.toString(BUFFER));
    add(all, "gcsUploadBufferSizeBytes", Integer.toString(BUFFER));
    if (has(all, "endpoint")) {
      add(all, "s3ClientFactoryClass", PathStyleS3.class.getName());
    }
    if (HADOOP_FOLDERS.stream().noneMatch(System.getenv()::containsKey)) {
      add(all, "hdfsConfiguration", "[{\"fs.defaultFS\":\"hdfs:///\"}]");
    }
    return List.copyOf(all);
  }

  private static void add(List<String> flags, String name, String value) {
    if (!has(flags, name)) {
      flags.add("--" + name + "=" + value);
    }
  }

  private static boolean has(List<String> flags, String name) {
    return flags.stream().anyMatch(f -> f.startsWith("--" + name + "="));
  }

  /**
   * Returns the options of flags, which are read once.
   *
   * @throws IllegalArgumentException if Beam does not take one
   */
  public static PipelineOptions options(List<String> flags) {
    return OPTIONS.computeIfAbsent(
        List.copyOf(flags),
        f -> PipelineOptionsFactory.fromArgs(f.toArray(String[]::new)).create());
  }
}
